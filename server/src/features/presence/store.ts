/** SQL of viewers and their visits. */
import type { StreamId, UserId } from '@virgil/contract';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { type AuditEntry, recordAudit, type Tx } from '../../db/index.ts';
import { livestreams, streamVisits } from '../../db/schema/index.ts';
import type { Visit } from './audience.ts';

/** One row of the journal: what happened and is not on disk yet. */
export interface Entry {
  readonly kind: 'joined' | 'left';
  readonly streamId: StreamId;
  readonly visit: Visit;
  readonly at: Date;
  readonly viewers: number;
  readonly displayName: string | null;
}

/** Idempotent: what was written by an attempt whose success stayed unknown is neither written nor logged again. */
export async function insertMovements(tx: Tx, entries: readonly Entry[]): Promise<void> {
  const joined = entries.filter((entry) => entry.kind === 'joined');
  const written = new Set<Entry>();
  if (joined.length > 0) {
    const inserted = await tx
      .insert(streamVisits)
      .values(
        joined.map(({ visit, streamId }) => ({
          id: visit.id,
          streamId,
          viewer: visit.key,
          userId: visit.userId,
          joinedAt: visit.joinedAt,
        })),
      )
      .onConflictDoNothing()
      .returning({ id: streamVisits.id });
    const ids = new Set(inserted.map((row) => row.id));
    for (const entry of joined) if (ids.has(entry.visit.id)) written.add(entry);
  }
  for (const entry of entries) {
    if (entry.kind === 'joined') continue;
    const closed = await tx
      .update(streamVisits)
      .set({ leftAt: entry.at })
      .where(and(eq(streamVisits.id, entry.visit.id), isNull(streamVisits.leftAt)))
      .returning({ id: streamVisits.id });
    if (closed.length > 0) written.add(entry);
  }
  await recordAudit(tx, entries.filter((entry) => written.has(entry)).map(auditEntry));
}

function auditEntry({ kind, streamId, visit, at, viewers, displayName }: Entry): AuditEntry {
  return {
    type: kind === 'joined' ? 'LIVESTREAM_JOINED' : 'LIVESTREAM_LEFT',
    entity: 'livestream',
    entityId: streamId,
    actorId: visit.userId,
    at,
    details: { viewers, visitId: visit.id, ...(displayName === null ? {} : { displayName }) },
  };
}

export interface ViewerCounts {
  readonly now: number;
  /** The most at once since the last writing. */
  readonly peak: number;
}

export async function updateViewers(tx: Tx, counts: ReadonlyMap<StreamId, ViewerCounts>): Promise<void> {
  for (const [streamId, { now, peak }] of counts) {
    await tx
      .update(livestreams)
      .set({ viewers: now, peakViewers: sql`greatest(${livestreams.peakViewers}, ${peak})` })
      .where(eq(livestreams.id, streamId));
  }
}

export interface OpenVisit extends Visit {
  readonly streamId: StreamId;
}

/** After a start nobody watches yet, and visits that were open wait for their viewers; those of ended streams close. */
export async function recoverVisits(tx: Tx): Promise<OpenVisit[]> {
  await tx.update(livestreams).set({ viewers: 0 }).where(sql`${livestreams.viewers} <> 0`);
  const ended = tx.select({ id: livestreams.id }).from(livestreams).where(eq(livestreams.isActive, false));
  await tx
    .update(streamVisits)
    .set({
      leftAt: sql`(select ${livestreams.endedAt} from ${livestreams} where ${livestreams.id} = ${streamVisits.streamId})`,
    })
    .where(and(isNull(streamVisits.leftAt), inArray(streamVisits.streamId, ended)));
  const open = await tx.select().from(streamVisits).where(isNull(streamVisits.leftAt));
  return open.map((row) => ({
    id: row.id,
    streamId: row.streamId as StreamId,
    key: row.viewer,
    userId: row.userId as UserId | null,
    joinedAt: row.joinedAt,
  }));
}
