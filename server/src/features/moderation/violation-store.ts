/** SQL of violations. Receives the transaction, never opens one. */
import type { StreamId, UserId } from '@virgil/contract';
import { and, count, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { moderatorReviewQueue, userViolations } from '../../db/schema/index.ts';
import { SESSION_OFF_STREAM_MS, type SessionFacts, type Thresholds } from './policy.ts';

export async function insertViolations(tx: Tx, rows: readonly (typeof userViolations.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(userViolations).values([...rows]);
}

/** One livestream, or, elsewhere, 24 hours. */
export interface Session {
  readonly userId: UserId;
  readonly streamId: StreamId | null;
}

/** Two texts of one session at the same moment count one another. In one order, so that no two wait for each other. */
export async function lockSessions(tx: Tx, sessions: readonly Session[]): Promise<void> {
  const keys = new Set(sessions.map(({ streamId, userId }) => `virgil blocked ${userId} ${streamId ?? ''}`));
  for (const key of [...keys].sort()) {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  }
}

export async function readSession(
  tx: Tx,
  { streamId, userId }: Session,
  { at, platform }: { readonly at: Date; readonly platform: Thresholds },
): Promise<SessionFacts> {
  const since = new Date(at.getTime() - SESSION_OFF_STREAM_MS);
  const blocked = await countBlocked(
    tx,
    userId,
    platform,
    streamId === null
      ? and(isNull(userViolations.streamId), gt(userViolations.createdAt, since))
      : eq(userViolations.streamId, streamId),
  );
  const [escalated] = await tx
    .select({ id: moderatorReviewQueue.id })
    .from(moderatorReviewQueue)
    .where(
      and(
        eq(moderatorReviewQueue.userId, userId),
        eq(moderatorReviewQueue.escalationTrigger, 'multi_violation'),
        // By the system; what a moderator escalates is another matter.
        isNull(moderatorReviewQueue.escalatedBy),
        streamId === null
          ? and(isNull(moderatorReviewQueue.streamId), gt(moderatorReviewQueue.createdAt, since))
          : eq(moderatorReviewQueue.streamId, streamId),
      ),
    )
    .limit(1);
  return { blocked, isEscalated: escalated !== undefined };
}

/** What an appeal took back does not count, nor what only a channel's stricter threshold blocked (`countsAsBlocked`). */
async function countBlocked(tx: Tx, userId: UserId, platform: Thresholds, session: SQL | undefined): Promise<number> {
  const [row] = await tx
    .select({ blocked: count() })
    .from(userViolations)
    .where(
      and(
        eq(userViolations.userId, userId),
        eq(userViolations.action, 'blocked'),
        // Stored with single precision, in which 0.85 is a little more.
        sql`${userViolations.riskScore} >= ${platform.block}::real`,
        isNull(userViolations.resolvedAt),
        session,
      ),
    );
  return row?.blocked ?? 0;
}
