/**
 * What accepting an appeal undoes, one step each: an admin reads the plan before, and the acceptance carries out the
 * same plan. Read with the system's rights.
 */
import type { appealDesk as contract } from '@virgil/contract';
import { and, asc, eq, gt, inArray, isNull, not, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import {
  bannedViewers as bans,
  adminPenalties as penalties,
  profiles,
  contentRemovals as removals,
  statementsOfReasons as statements,
  contentSafetyStrikes as strikes,
  timedOutUsers as timeouts,
  userViolations as violations,
} from '../../db/schema/index.ts';
import { findBanForStrikes } from '../penalties/index.ts';
import type { HeldContents } from '../review/index.ts';
import { type Matter, subjectsOf } from './matter-store.ts';
import { CARRIES_A_BAN, isTextFree } from './undo-policy.ts';

export type Step = contract.Consequence &
  (
    | { readonly what: Exclude<contract.Consequence['what'], 'text' | 'content' | 'statement'> }
    | {
        readonly what: 'text';
        readonly source: keyof HeldContents;
      }
    | {
        readonly what: 'content';
        readonly decision: { readonly kind: 'report' | 'penalty' | 'review'; readonly id: string };
      }
    | {
        readonly what: 'statement';
        readonly decision: { readonly kind: string; readonly id: string };
      }
  );

export async function planUndo(tx: Tx, heldContents: HeldContents, matter: Matter, at: Date): Promise<readonly Step[]> {
  const found = await violationsOf(tx, matter);
  return [
    ...found.map(({ id, resolvedAt }) => step('violation', id, null, resolvedAt === null)),
    // A removal remembers what the text was; it goes first, and what is left to do with the text is done after it.
    ...(await contentOf(tx, matter)),
    ...(await textsOf(tx, heldContents, found, matter)),
    ...(await strikesOf(tx, matter, at)),
    ...(await penaltiesOf(tx, matter)),
    ...(await silencesOf(tx, matter, at)),
    ...(await statementsOf(tx, matter)),
  ];
}

const step = <const W extends contract.Consequence['what']>(
  what: W,
  id: string,
  name: string | null,
  undone: boolean,
  until: Date | null = null,
) => ({ what, id, name, until: until?.toISOString() ?? null, undone });

async function violationsOf(tx: Tx, { violationIds }: Matter) {
  if (violationIds.length === 0) return [];
  return tx
    .select()
    .from(violations)
    .where(inArray(violations.id, [...violationIds]))
    .orderBy(asc(violations.id));
}

/** Each text once; what another violation or a removal hides as well stays hidden. */
async function textsOf(
  tx: Tx,
  heldContents: HeldContents,
  found: readonly (typeof violations.$inferSelect)[],
  matter: Matter,
): Promise<Step[]> {
  const steps: Step[] = [];
  const texts = new Map(found.map((row) => [row.contentId, row.sourceType]));
  const own = found.map(({ id }) => id);
  for (const [contentId, source] of texts) {
    const text = await heldContents[source].context(tx, contentId);
    if (text === null || text.state === 'published') continue;
    const others = await tx
      .select({ action: violations.action })
      .from(violations)
      .where(and(eq(violations.contentId, contentId), notInArray(violations.id, own), isNull(violations.resolvedAt)));
    const holds = await tx
      .select({ id: removals.id })
      .from(removals)
      .where(and(eq(removals.subjectId, contentId), isNull(removals.restoredAt), not(removedFor(matter))));
    const undone = isTextFree({ otherActions: others.map(({ action }) => action), removals: holds.length });
    steps.push({ ...step('text', contentId, shortened(text.text), undone), source });
  }
  return steps;
}

/** Removed under the name of the matter’s own decisions. */
function removedFor({ actions, penaltyIds, reportIds }: Matter): SQL {
  const by = (kind: (typeof removals.$inferSelect)['decisionKind'], ids: readonly string[]) =>
    ids.length === 0 ? undefined : and(eq(removals.decisionKind, kind), inArray(removals.decisionId, [...ids]));
  const reviews = actions.map(({ id }) => id);
  return or(sql`false`, by('report', reportIds), by('penalty', penaltyIds), by('review', reviews)) as SQL;
}

async function contentOf(tx: Tx, matter: Matter): Promise<Step[]> {
  const rows = await tx
    .select()
    .from(removals)
    .where(and(removedFor(matter), isNull(removals.restoredAt)))
    .orderBy(asc(removals.subjectType), asc(removals.subjectId));
  const steps: Step[] = [];
  for (const { decisionId, decisionKind, subjectId, subjectType } of rows) {
    // A livestream does not start again; its recording has a removal of its own.
    if (subjectType === 'livestream' || decisionKind === 'dmca') continue;
    const others = await tx
      .select({ id: removals.id })
      .from(removals)
      .where(
        and(
          eq(removals.subjectType, subjectType),
          eq(removals.subjectId, subjectId),
          isNull(removals.restoredAt),
          not(removedFor(matter)),
        ),
      );
    const [named] = await tx
      .select({ title: statements.subjectTitle })
      .from(statements)
      .where(eq(statements.subjectId, subjectId))
      .limit(1);
    const decision = { kind: decisionKind, id: decisionId };
    steps.push({ ...step('content', subjectId, named?.title ?? null, others.length === 0), decision });
  }
  return steps;
}

async function strikesOf(tx: Tx, { penaltyIds, strikeIds }: Matter, at: Date): Promise<Step[]> {
  if (strikeIds.length === 0) return [];
  const rows = await tx
    .select()
    .from(strikes)
    .where(inArray(strikes.id, [...strikeIds]))
    .orderBy(asc(strikes.id));
  const steps: Step[] = rows.map((row) => step('strike', row.id, row.reason, row.liftedAt === null, row.expiresAt));
  const [first] = rows;
  if (first === undefined) return steps;
  const ban = await findBanForStrikes(tx, first.userId);
  if (ban === null || penaltyIds.includes(ban.id)) return steps;
  const left = await tx
    .select({ id: strikes.id })
    .from(strikes)
    .where(
      and(
        eq(strikes.userId, first.userId),
        isNull(strikes.liftedAt),
        gt(strikes.expiresAt, at),
        notInArray(strikes.id, [...strikeIds]),
      ),
    );
  if (left.length < CARRIES_A_BAN) steps.push(step('automatic_ban', ban.id, null, true));
  return steps;
}

async function penaltiesOf(tx: Tx, { penaltyIds }: Matter): Promise<Step[]> {
  if (penaltyIds.length === 0) return [];
  const rows = await tx
    .select()
    .from(penalties)
    .where(inArray(penalties.id, [...penaltyIds]))
    .orderBy(asc(penalties.id));
  return rows.map((row) => step('penalty', row.id, row.reason, row.isActive, row.expiresAt));
}

async function silencesOf(tx: Tx, { banIds, timeoutIds }: Matter, at: Date): Promise<Step[]> {
  const holds = (row: { liftedAt: Date | null; expiresAt: Date | null }) =>
    row.liftedAt === null && (row.expiresAt === null || row.expiresAt > at);
  const timedOut =
    timeoutIds.length === 0
      ? []
      : await tx
          .select({ row: timeouts, channel: profiles.displayName })
          .from(timeouts)
          .innerJoin(profiles, eq(profiles.id, timeouts.channelId))
          .where(inArray(timeouts.id, [...timeoutIds]));
  const banned =
    banIds.length === 0
      ? []
      : await tx
          .select({ row: bans, channel: profiles.displayName })
          .from(bans)
          .innerJoin(profiles, eq(profiles.id, bans.channelId))
          .where(inArray(bans.id, [...banIds]));
  return [
    ...timedOut.map(({ channel, row }) => step('timeout', row.id, channel, holds(row), row.expiresAt)),
    ...banned.map(({ channel, row }) => step('ban', row.id, channel, holds(row), row.expiresAt)),
  ];
}

async function statementsOf(tx: Tx, matter: Matter): Promise<Step[]> {
  const decisionsOf = (kind: string, ids: readonly string[]): SQL | undefined =>
    ids.length === 0 ? undefined : and(eq(statements.decisionKind, kind), inArray(statements.decisionId, [...ids]));
  const about = subjectsOf(matter).map(({ id, type }) =>
    and(eq(statements.appealType, type), eq(statements.appealId, id)),
  );
  const rows = await tx
    .select({
      id: statements.id,
      kind: statements.decisionKind,
      of: statements.decisionId,
      rule: statements.rule,
      reversedAt: statements.reversedAt,
    })
    .from(statements)
    .where(
      or(
        ...about,
        decisionsOf('report', matter.reportIds),
        decisionsOf('penalty', matter.penaltyIds),
        decisionsOf(
          'review',
          matter.actions.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(asc(statements.id));
  return rows.map(({ id, kind, of, reversedAt, rule }) => ({
    ...step('statement', id, rule, reversedAt === null),
    decision: { kind, id: of },
  }));
}

const LONGEST = 200;
function shortened(words: string): string {
  const letters = [...words];
  return letters.length <= LONGEST ? words : `${letters.slice(0, LONGEST - 1).join('')}…`;
}
