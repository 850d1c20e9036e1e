/** Every node hears of a timeout or a channel ban at once, and lets the person feel it. */
import type { ChannelId, UserId } from '@virgil/contract';
import type { Database, Tx } from '../../db/database.ts';
import { type NodeSignal, signalNodes } from '../../db/node-signals.ts';
import { changedSince } from './store.ts';

const SANCTION_CHANGED = 'sanction.changed';

export const signalSanction = (tx: Tx, row: { readonly channelId: string; readonly userId: string }) =>
  signalNodes(tx, { kind: SANCTION_CHANGED, id: `${row.channelId} ${row.userId}` });

export interface SanctionDeps {
  readonly database: Database;
  /** The chat reads again what somebody may do on a channel, tells them, and shows them out. */
  readonly followPerson: (channelId: ChannelId, userId: UserId) => Promise<void>;
  /** Cuts the media of whoever may not watch the channel's streams any more. */
  readonly followMedia: (channelId: ChannelId, userId: UserId) => Promise<void>;
}

/** Everything here may be repeated: it reads what holds now. */
export function followSanctions({ database, followMedia, followPerson }: SanctionDeps) {
  async function changed(channelId: ChannelId, userId: UserId): Promise<void> {
    await Promise.all([followPerson(channelId, userId), followMedia(channelId, userId)]);
  }
  return {
    changed: ({ channelId, userId }: { readonly channelId: ChannelId; readonly userId: UserId }) =>
      changed(channelId, userId),

    async hear({ kind, id }: NodeSignal): Promise<void> {
      if (kind !== SANCTION_CHANGED) return;
      // Written above, of two ids of ours, which hold no spaces.
      const [channelId, userId] = id.split(' ') as [ChannelId, UserId];
      await changed(channelId, userId);
    },

    /** This node was cut off from the others since then, in product time. */
    async missed(since: Date): Promise<void> {
      const from = new Date(since.getTime() - MARGIN_MS);
      const rows = await database.asSystem('sanctions this node may not have heard of', (tx) => changedSince(tx, from));
      for (const { channelId, userId } of rows) await changed(channelId as ChannelId, userId as UserId);
    },
  };
}

const MARGIN_MS = 60_000;
