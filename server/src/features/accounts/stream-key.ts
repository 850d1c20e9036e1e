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
  const key = await deps.database.asActor(caller.actor, (tx) => readStreamKey(tx, userId));
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

async function readStreamKey(tx: Tx, channelId: string): Promise<string> {
  const [found] = await tx
    .select({ key: streamKeys.key })
    .from(streamKeys)
    .where(eq(streamKeys.channelId, channelId))
    .limit(1);
  if (found === undefined) throw new Error('a channel has no stream key');
  return found.key;
}
