/** SQL of reaction counts. */
import type { chat, StreamId } from '@virgil/contract';
import { eq, sql } from 'drizzle-orm';
import { recordAudit, type Tx } from '../../db/index.ts';
import { streamReactions } from '../../db/schema/index.ts';

type ReactionType = chat.ReactionType;
export type Counts = { [type in ReactionType]?: number };

export interface Counted {
  readonly streamId: StreamId;
  readonly counts: Counts;
  /** When an audit entry with the totals is due. */
  readonly auditAt: Date | null;
}

export async function addReactions(tx: Tx, { streamId, counts, auditAt }: Counted): Promise<void> {
  const rows = Object.entries(counts).map(([type, count]) => ({ streamId, type: type as ReactionType, count }));
  await tx
    .insert(streamReactions)
    .values(rows)
    .onConflictDoUpdate({
      target: [streamReactions.streamId, streamReactions.type],
      set: { count: sql`${streamReactions.count} + excluded.count` },
    });
  if (auditAt === null) return;
  const totals = await tx
    .select({ type: streamReactions.type, count: streamReactions.count })
    .from(streamReactions)
    .where(eq(streamReactions.streamId, streamId));
  await recordAudit(tx, {
    type: 'LIVESTREAM_REACTION',
    entity: 'livestream',
    entityId: streamId,
    actorId: null,
    at: auditAt,
    details: { totals: Object.fromEntries(totals.map(({ type, count }) => [type, count])) },
  });
}
