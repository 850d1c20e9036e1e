/** A person makes, sees and revokes keys for their programs. */
import type { accounts, BodyOf, OutputOf } from '@virgil/contract';
import type { Caller } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { personOf } from './actor-of.ts';
import type { ApiKeyRow } from './api-keys.ts';
import type { AccountsDeps } from './deps.ts';

export async function listApiKeys(deps: AccountsDeps, caller: Caller): Promise<OutputOf<typeof accounts.listApiKeys>> {
  return { items: (await deps.apiKeys.list(personOf(caller).userId)).map(describeKey) };
}

export async function createApiKey(
  deps: AccountsDeps,
  caller: Caller,
  body: BodyOf<typeof accounts.createApiKey>,
): Promise<OutputOf<typeof accounts.createApiKey>> {
  const person = bySession(caller);
  if (body.scopes.includes('admin') && person.role !== 'admin') {
    throw new AppError('not_allowed', { detail: 'Only admins may make a key with the scope “admin”.' });
  }
  const { key, ...made } = await deps.apiKeys.create(person.userId, {
    name: body.name,
    scopes: body.scopes,
    expiresInDays: body.expiresInDays ?? null,
  });
  await audit(deps, caller, 'API_KEY_CREATED', made.id, { scopes: body.scopes });
  return { apiKey: describeKey(made), key };
}

export async function revokeApiKey(deps: AccountsDeps, caller: Caller, id: string): Promise<undefined> {
  const person = bySession(caller);
  if (!(await deps.apiKeys.revoke(person.userId, id)))
    throw new AppError('not_found', { detail: 'You have no such key.' });
  // Before the entry: should that fail, the key is gone all the same.
  deps.endConnections(person.userId);
  await audit(deps, caller, 'API_KEY_REVOKED', id, {});
}

/** A leaked key must not be able to make itself a successor, nor to remove others. */
function bySession(caller: Caller) {
  if (caller.via !== 'session')
    throw new AppError('not_allowed', { detail: 'Keys are managed with a session, not with a key.' });
  return personOf(caller);
}

async function audit(
  deps: AccountsDeps,
  caller: Caller,
  type: 'API_KEY_CREATED' | 'API_KEY_REVOKED',
  entityId: string,
  details: Record<string, unknown>,
): Promise<void> {
  const { userId } = personOf(caller);
  await deps.database.asActor(caller.actor, (tx) =>
    recordAudit(tx, { type, entity: 'account', entityId, actorId: userId, at: deps.clock.now(), details }),
  );
}

function describeKey(row: ApiKeyRow): accounts.ApiKey {
  return {
    id: row.id,
    name: row.name,
    start: row.start,
    scopes: [...row.scopes],
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
