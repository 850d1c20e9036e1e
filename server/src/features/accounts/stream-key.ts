/** The key an encoder publishes with. It is the channel's until it is reset. */
import { randomBytes } from 'node:crypto';
import type { accounts, OutputOf } from '@virgil/contract';
import { eq } from 'drizzle-orm';
import type { Caller } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { streamKeys } from '../../db/schema/index.ts';
import { personOf } from './actor-of.ts';
import type { AccountsDeps } from './deps.ts';
import { streamKeyReset } from './events.ts';

type Ingest = OutputOf<typeof accounts.getStreamKey>;

export const newStreamKey = (): string => `live_${randomBytes(24).toString('base64url')}`;

export async function getStreamKey(deps: AccountsDeps, caller: Caller): Promise<Ingest> {
  const { userId } = personOf(caller);
  const key = await deps.database.asActor(caller.actor, (tx) => ensureStreamKey(tx, userId, deps.clock.now()));
  return deps.ingestOf(key);
}

export async function resetStreamKey(deps: AccountsDeps, caller: Caller): Promise<Ingest> {
  const { userId } = personOf(caller);
  const at = deps.clock.now();
  const key = newStreamKey();
  await deps.database.asActor(caller.actor, async (tx) => {
    await tx
      .insert(streamKeys)
      .values({ channelId: userId, key, createdAt: at })
      .onConflictDoUpdate({ target: streamKeys.channelId, set: { key, createdAt: at } });
    await recordAudit(tx, {
      type: 'STREAM_KEY_RESET',
      entity: 'channel',
      entityId: userId,
      actorId: userId,
      at,
      details: {},
    });
    await announce(tx, streamKeyReset(userId, at));
  });
  return deps.ingestOf(key);
}

/** The channel's key. It is made with the channel; one that is missing is made now. */
export async function ensureStreamKey(tx: Tx, channelId: string, at: Date): Promise<string> {
  const read = () =>
    tx.select({ key: streamKeys.key }).from(streamKeys).where(eq(streamKeys.channelId, channelId)).limit(1);
  const [found] = await read();
  if (found !== undefined) return found.key;
  await tx.insert(streamKeys).values({ channelId, key: newStreamKey(), createdAt: at }).onConflictDoNothing();
  const [made] = await read();
  if (made === undefined) throw new Error('a stream key vanished while it was made');
  return made.key;
}
