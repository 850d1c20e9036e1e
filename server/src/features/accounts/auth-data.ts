/**
 * What better-auth's schema holds of a person, for their copy and their erasure. By its own role, which alone may
 * read it. Tables, columns and conditions come from the list of personal data, not from outside.
 */
import type { Pool } from 'pg';
import { passwordHash } from './password-hash.ts';

type Row = Readonly<Record<string, unknown>>;

export interface AuthData {
  rows(table: string, columns: readonly string[], where: string, userId: string): Promise<Row[]>;
  count(table: string, where: string, userId: string): Promise<number>;
  /** By password; who signs in elsewhere and has none writes their e-mail address. */
  isOwner(userId: string, passwordOrEmail: string): Promise<boolean>;
  /** Sessions, keys and every way to sign in go; the address stays. May be repeated. */
  closeAccess(userId: string): Promise<void>;
  erase(userId: string): Promise<void>;
}

export function createAuthData(pool: Pool): AuthData {
  return {
    async rows(table, columns, where, userId) {
      const named = columns.map((column) => `"${column}"`).join(', ');
      const { rows } = await pool.query<Row>(`select ${named} from auth."${table}" where ${where}`, [userId]);
      return rows;
    },
    async count(table, where, userId) {
      const { rows } = await pool.query<{ count: number }>(
        `select count(*)::integer as count from auth."${table}" where ${where}`,
        [userId],
      );
      return rows[0]?.count ?? 0;
    },
    async isOwner(userId, passwordOrEmail) {
      const { rows } = await pool.query<{ email: string; password: string | null }>(
        `select "user".email, account.password from auth."user"
         left join auth.account on account."userId" = "user".id and account."providerId" = 'credential'
         where "user".id = $1`,
        [userId],
      );
      const [known] = rows;
      if (known === undefined) return false;
      if (known.password === null) return known.email === passwordOrEmail.trim().toLowerCase();
      return passwordHash.verify({ hash: known.password, password: passwordOrEmail });
    },
    async closeAccess(userId) {
      await pool.query(`delete from auth.session where "userId" = $1`, [userId]);
      await pool.query(`delete from auth.apikey where "referenceId" = $1`, [userId]);
      await pool.query(`delete from auth.passkey where "userId" = $1`, [userId]);
      await pool.query(`delete from auth."twoFactor" where "userId" = $1`, [userId]);
      await pool.query(`delete from auth.account where "userId" = $1`, [userId]);
    },
    async erase(userId) {
      await pool.query('delete from auth.apikey where "referenceId" = $1', [userId]);
      await pool.query(`delete from auth.verification where value like '%' || $1 || '%'`, [userId]);
      await pool.query('delete from auth."user" where id = $1', [userId]);
    },
  };
}
