/** After the commit: the room sees the tip, its author and the channel's moderators also words that are held. */
import { type ChannelId, tips as contract, type StreamId, type Tip } from '@virgil/contract';
import type { Database } from '../../db/database.ts';
import type { NodeSignal } from '../../db/node-signals.ts';
import { TIP_WORDS_CHANGED } from '../removals/index.ts';
import type { TipDeps } from './deps.ts';
import { wholeTip } from './describe-tip.ts';
import type { TipEvent } from './events.ts';
import { tipFor } from './policy.ts';
import { findTip, tipsOfStream } from './store.ts';
import { TIPS_ON_JOIN } from './tip-board.ts';

type Deps = Pick<TipDeps, 'database' | 'realtime' | 'board'>;

export async function showTip(
  { board, database, realtime }: Deps,
  { tipId, streamId }: Pick<TipEvent, 'tipId' | 'streamId'>,
) {
  const row = await database.asSystem('show a tip to its room', (tx) => findTip(tx, tipId));
  if (row === null || row.paidAt === null || row.channelId === null) return;
  const tip = wholeTip(row);
  await board.put(tip);
  const author = tip.userId === null ? {} : { exceptUser: tip.userId };
  realtime.toStream(streamId, contract.tipShown, tipFor(tip, { userId: null, moderates: false }), author);
  if (tip.messageStatus === 'held') {
    // A creator's channel id is the creator's profile id.
    realtime.toModerators(row.channelId as ChannelId, contract.tipShown, tip, author);
  }
  if (tip.userId !== null) {
    const own = tipFor(tip, { userId: tip.userId, moderates: false });
    realtime.toUser(tip.userId, contract.tipShown, own, { inStream: streamId });
  }
}

/** The word of another node: what is shown of a tip is no longer what it was. */
export async function hearTip(deps: Deps, { id, kind }: NodeSignal): Promise<void> {
  const [streamId, tipId] = id.split(' ');
  if (kind !== TIP_WORDS_CHANGED || streamId === undefined || tipId === undefined) return;
  // Both come from our own row.
  await showTip(deps, { tipId: tipId as TipEvent['tipId'], streamId: streamId as StreamId });
}

/** What a room that is opened begins with, oldest first. */
export function readNewestTips(database: Database) {
  return async (streamId: StreamId): Promise<Tip[]> => {
    const rows = await database.asSystem('a room holds the words of everybody', (tx) =>
      tipsOfStream(tx, streamId, null, TIPS_ON_JOIN - 1),
    );
    return rows.map(wholeTip).reverse();
  };
}
