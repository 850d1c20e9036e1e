/** SQL of removals: the holds, and the things they hold. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  contentRemovals,
  directMessages,
  livestreams,
  type StoredPrevious,
  statementsOfReasons,
  streamMessages,
  videoComments,
  videos,
} from '../../db/schema/index.ts';
import type { RemovalState } from './policy.ts';

export type Removal = typeof contentRemovals.$inferSelect;
export type SubjectType = Removal['subjectType'];

export interface Subject {
  readonly type: SubjectType;
  readonly id: string;
}

export interface DecisionRef {
  readonly kind: Removal['decisionKind'];
  readonly id: string;
}

const inForce = ({ type, id }: Subject) =>
  and(eq(contentRemovals.subjectType, type), eq(contentRemovals.subjectId, id), isNull(contentRemovals.restoredAt));

/** Oldest first: its `previous` is what the thing was before any of them. */
export async function holdsOn(tx: Tx, subject: Subject): Promise<Removal[]> {
  return tx.select().from(contentRemovals).where(inForce(subject)).orderBy(contentRemovals.id);
}

export async function insertHold(tx: Tx, hold: typeof contentRemovals.$inferInsert): Promise<void> {
  await tx.insert(contentRemovals).values(hold);
}

export async function updatePrevious(tx: Tx, id: string, previous: StoredPrevious): Promise<void> {
  await tx.update(contentRemovals).set({ previous }).where(eq(contentRemovals.id, id));
}

export async function holdsOf(tx: Tx, { kind, id }: DecisionRef): Promise<Removal[]> {
  return (
    tx
      .select()
      .from(contentRemovals)
      .where(
        and(
          eq(contentRemovals.decisionKind, kind),
          eq(contentRemovals.decisionId, id),
          isNull(contentRemovals.restoredAt),
        ),
      )
      // The order in which they are locked, everywhere: by kind, and within it by id.
      .orderBy(contentRemovals.subjectType, contentRemovals.subjectId)
  );
}

export async function endHold(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.update(contentRemovals).set({ restoredAt: at }).where(eq(contentRemovals.id, id));
}

export async function lockRecording(tx: Tx, streamId: string) {
  const [row] = await tx.select().from(videos).where(eq(videos.streamId, streamId)).for('update');
  return row ?? null;
}

export async function lockVideo(tx: Tx, id: string) {
  const [row] = await tx.select().from(videos).where(eq(videos.id, id)).for('update');
  return row ?? null;
}

export async function lockMessage(tx: Tx, id: string) {
  const [row] = await tx.select().from(streamMessages).where(eq(streamMessages.id, id)).for('update');
  return row ?? null;
}

export async function lockComment(tx: Tx, id: string) {
  const [row] = await tx.select().from(videoComments).where(eq(videoComments.id, id)).for('update');
  return row ?? null;
}

export async function lockDirectMessage(tx: Tx, id: string) {
  const [row] = await tx.select().from(directMessages).where(eq(directMessages.id, id)).for('update');
  return row ?? null;
}

/** Holds the livestream's row against a recording that is being kept at this moment, and the other way round. */
export async function lockLivestream(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.select({ id: livestreams.id }).from(livestreams).where(eq(livestreams.id, id)).for('update');
  return rows.length > 0;
}

export async function setVideo(
  tx: Tx,
  id: string,
  change: { readonly removal: RemovalState | null; readonly isPublic: boolean; readonly at: Date },
): Promise<void> {
  const { at, isPublic, removal } = change;
  await tx.update(videos).set({ removal, isPublic, updatedAt: at }).where(eq(videos.id, id));
}

export async function setMessageStatus(
  tx: Tx,
  message: { readonly id: string; readonly createdAt: Date },
  status: Extract<StoredPrevious, { type: 'message' }>['status'],
): Promise<void> {
  await tx
    .update(streamMessages)
    // A line that is shown again gets a new place from its room, and waits for it below zero.
    .set({ status, seq: status === 'published' ? sql`-abs(${streamMessages.seq})` : sql`abs(${streamMessages.seq})` })
    .where(and(eq(streamMessages.id, message.id), eq(streamMessages.createdAt, message.createdAt)));
}

type StatusOf<Type extends StoredPrevious['type']> = Extract<StoredPrevious, { type: Type; status: string }>['status'];

/** By its author or the channel it may be gone besides; that mark goes with the status it belongs to. */
export async function setCommentStatus(tx: Tx, id: string, status: StatusOf<'comment'>): Promise<void> {
  await tx.update(videoComments).set({ status }).where(eq(videoComments.id, id));
}

export async function setDirectMessageStatus(tx: Tx, id: string, status: StatusOf<'direct_message'>): Promise<void> {
  await tx.update(directMessages).set({ status }).where(eq(directMessages.id, id));
}

/** The newest removal of a video in force, with the reason that its owner was given. */
export async function findRemovalNote(tx: Tx, videoId: string) {
  const [row] = await tx
    .select({
      removedAt: contentRemovals.removedAt,
      statementId: statementsOfReasons.id,
      reason: statementsOfReasons.reason,
    })
    .from(contentRemovals)
    .leftJoin(
      statementsOfReasons,
      and(
        eq(statementsOfReasons.decisionKind, contentRemovals.decisionKind),
        eq(statementsOfReasons.decisionId, contentRemovals.decisionId),
        // Whoever it was written to is the owner; nobody else's reasons are shown.
        sql`${statementsOfReasons.userId} is not distinct from ${contentRemovals.ownerId}`,
      ),
    )
    .where(inForce({ type: 'video', id: videoId }))
    .orderBy(desc(contentRemovals.id))
    .limit(1);
  return row ?? null;
}
