/** API keys: made by better-auth's plugin, which keeps only a hash; scopes are its permissions. */
import { defaultKeyHasher } from '@better-auth/api-key';
import { SCOPES, type Scope } from '@virgil/contract';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Auth } from './auth.ts';

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  /** Its first characters, to tell it from others. */
  readonly start: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export interface ApiKeys {
  verify(key: string): Promise<{ userId: string; scopes: readonly Scope[] } | null>;
  create(
    userId: string,
    key: { name: string; scopes: readonly Scope[]; expiresInDays: number | null },
  ): Promise<ApiKeyRow & { key: string }>;
  list(userId: string): Promise<readonly ApiKeyRow[]>;
  /** False when the person has no such key. */
  revoke(userId: string, id: string): Promise<boolean>;
}

const PERMISSION = 'virgil';
const permissions = z.object({ [PERMISSION]: z.array(z.enum(SCOPES)) });
const row = z.object({
  id: z.string(),
  name: z.string().nullable(),
  start: z.string().nullable(),
  userId: z.string(),
  permissions: z.string().nullable(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  lastRequest: z.date().nullable(),
});

const COLUMNS = `id, name, start, "referenceId" as "userId", permissions, "createdAt", "expiresAt", "lastRequest"`;
const KEY_MAX_LENGTH = 200;
/** Noting every use would be a write a request; once a minute tells a person enough. */
const NOTE_USE_EVERY_MS = 60_000;

export function createApiKeys(auth: Auth, pool: Pool): ApiKeys {
  return {
    async verify(key) {
      if (key.length > KEY_MAX_LENGTH) return null;
      // Read by hash like the plugin does; its own check writes a row for every request.
      const { rows } = await pool.query(
        `select ${COLUMNS} from auth.apikey where key = $1 and enabled is not false and ("expiresAt" is null or "expiresAt" > $2)`,
        [await defaultKeyHasher(key), new Date()],
      );
      if (rows[0] === undefined) return null;
      const found = row.parse(rows[0]);
      if (found.lastRequest === null || Date.now() - found.lastRequest.getTime() > NOTE_USE_EVERY_MS) {
        await pool.query('update auth.apikey set "lastRequest" = $2 where id = $1', [found.id, new Date()]);
      }
      return { userId: found.userId, scopes: scopesOf(found.permissions) };
    },
    async create(userId, { name, scopes, expiresInDays }) {
      const made = await auth.api.createApiKey({
        body: {
          userId,
          name,
          permissions: { [PERMISSION]: [...scopes] },
          ...(expiresInDays === null ? {} : { expiresIn: expiresInDays * 24 * 3600 }),
        },
      });
      return {
        id: made.id,
        key: made.key,
        name,
        start: made.start ?? '',
        scopes,
        createdAt: made.createdAt,
        expiresAt: made.expiresAt,
        lastUsedAt: null,
      };
    },
    async list(userId) {
      const { rows } = await pool.query(
        `select ${COLUMNS} from auth.apikey where "referenceId" = $1 order by "createdAt" desc limit 100`,
        [userId],
      );
      return rows.map((raw) => {
        const found = row.parse(raw);
        return {
          id: found.id,
          name: found.name ?? '',
          start: found.start ?? '',
          scopes: scopesOf(found.permissions),
          createdAt: found.createdAt,
          expiresAt: found.expiresAt,
          lastUsedAt: found.lastRequest,
        };
      });
    },
    async revoke(userId, id) {
      const { rowCount } = await pool.query('delete from auth.apikey where id = $1 and "referenceId" = $2', [
        id,
        userId,
      ]);
      return rowCount === 1;
    },
  };
}

function scopesOf(stored: string | null): readonly Scope[] {
  if (stored === null) return [];
  const parsed = permissions.safeParse(JSON.parse(stored));
  return parsed.success ? (parsed.data[PERMISSION] ?? []) : [];
}
