/** What of better-auth's tables the rest of accounts reads: e-mail and second factor. By its own role, read as rows. */
import type { Pool } from 'pg';
import { z } from 'zod';

const row = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  twoFactorEnabled: z.boolean().nullable(),
  createdAt: z.date(),
});

export interface AuthUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly twoFactorEnabled: boolean;
  readonly createdAt: Date;
}

export interface AuthUsers {
  byId(id: string): Promise<AuthUser | null>;
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, AuthUser>>;
  byEmail(email: string): Promise<AuthUser | null>;
  /** Ids of people whose e-mail holds `part`; at most 1,000. */
  idsByEmailPart(part: string): Promise<readonly string[]>;
  rename(id: string, name: string): Promise<void>;
  /** Takes back an account that was made a moment ago and came to nothing. */
  remove(id: string): Promise<void>;
}

const COLUMNS = `id, name, email, "emailVerified", "twoFactorEnabled", "createdAt"`;

export function createAuthUsers(pool: Pool): AuthUsers {
  const select = async (where: string, values: unknown[]): Promise<AuthUser[]> => {
    const { rows } = await pool.query(`select ${COLUMNS} from auth."user" where ${where}`, values);
    return rows.map((raw) => {
      const user = row.parse(raw);
      return { ...user, twoFactorEnabled: user.twoFactorEnabled === true };
    });
  };
  return {
    byId: async (id) => (await select('id = $1', [id]))[0] ?? null,
    byIds: async (ids) => new Map((await select('id = any($1)', [ids])).map((user) => [user.id, user])),
    byEmail: async (email) => (await select('email = $1', [email.toLowerCase()]))[0] ?? null,
    async idsByEmailPart(part) {
      const { rows } = await pool.query<{ id: string }>(
        `select id from auth."user" where strpos(email, $1) > 0 order by "createdAt" desc limit 1000`,
        [part.toLowerCase()],
      );
      return rows.map(({ id }) => id);
    },
    async rename(id, name) {
      await pool.query(`update auth."user" set name = $2 where id = $1`, [id, name]);
    },
    async remove(id) {
      await pool.query(`delete from auth."user" where id = $1`, [id]);
    },
  };
}
