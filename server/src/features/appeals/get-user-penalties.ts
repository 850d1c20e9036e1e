/** What stands against oneself, and what once did. */
import type { DecisionSubjectKind, OutputOf, PenaltyItem, penalties } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { personOfActor } from '../channels/index.ts';
import { CANNOT_BE_APPEALED } from '../penalties/index.ts';
import { type Decision, decisionsAbout, statementsAbout } from './decision-store.ts';
import type { AppealDeps } from './deps.ts';
import { type Link, linksAbout } from './matter-store.ts';
import { mayAppeal } from './policy.ts';
import { appealsOf, type OwnAppealRow, subjectOf } from './store.ts';

interface Known {
  readonly decisions: readonly Decision[];
  readonly appeals: readonly OwnAppealRow[];
  readonly statements: Awaited<ReturnType<typeof statementsAbout>>;
  readonly links: readonly Link[];
}

export async function getUserPenalties(
  { clock, database }: Pick<AppealDeps, 'clock' | 'database'>,
  actor: Actor,
): Promise<OutputOf<typeof penalties.listOwnPenalties>> {
  const { userId } = personOfActor(actor);
  const own = await database.asActor(actor, async (tx) => ({
    decisions: await decisionsAbout(tx, userId, clock.now()),
    appeals: await appealsOf(tx, userId),
    statements: await statementsAbout(tx, userId),
  }));
  // What moderators decided on an item is not theirs to read; which of their own penalties belong together is.
  const links = await database.asSystem('which of somebody’s penalties are one decision', (tx) =>
    linksAbout(tx, userId),
  );
  return listed({ ...own, links });
}

function listed(known: Known): OutputOf<typeof penalties.listOwnPenalties> {
  const items = known.decisions
    .filter((decision) => !isPartOfAnother(decision, known))
    .map((one) => itemOf(one, known));
  return { active: items.filter(({ active }) => active), historical: items.filter(({ active }) => !active) };
}

/**
 * While its author is silenced, banned or has a strike for it, a text is shown with that, not beside it; and so it is
 * when both are over.
 */
function isPartOfAnother({ isInForce, subject }: Decision, { decisions, links }: Known): boolean {
  if (subject.type !== 'violation') return false;
  const heavier = links
    .filter(({ violationId }) => violationId === subject.id)
    .flatMap(({ banId, penaltyId, strikeId, timeoutId }) => [banId, penaltyId, strikeId, timeoutId]);
  return decisions.some((each) => heavier.includes(each.subject.id) && (each.isInForce || !isInForce));
}

function itemOf(decision: Decision, { appeals, decisions, links, statements }: Known): PenaltyItem {
  const { isInForce, subject } = decision;
  const ofMatter = links.filter((link) => idIn(link, subject.type) === subject.id);
  const siblings = new Set([subject.id, ...ofMatter.flatMap(idsIn)]);
  const own = appeals.filter((row) => siblings.has(subjectOf(row).id));
  const facts = { isInForce, canBeAppealed: decision.canBeAppealed, before: own.map(({ status }) => status) };
  const [newest] = own;
  const statement = statements.get(subject.id) ?? siblingStatement(statements, siblings);
  const link = ofMatter.at(-1);
  const blamed = decisions.find((each) => each.subject.id === link?.violationId);
  const text = decision.violation ?? blamed?.violation ?? null;
  const channel = decision.channel ?? blamed?.channel ?? null;
  return {
    kind: subject.type,
    id: subject.id,
    reason: decision.reason || (link?.reason ?? statement?.reason ?? ''),
    issuedAt: (subject.type === 'violation' ? (link?.at ?? decision.issuedAt) : decision.issuedAt).toISOString(),
    ...(decision.expiresAt === null ? {} : { expiresAt: decision.expiresAt.toISOString() }),
    active: isInForce,
    appealable: mayAppeal(facts).allowed,
    ...(newest === undefined ? {} : { appealId: newest.id }),
    category: decision.category ?? text?.category ?? null,
    automatic: decision.isAutomatic && ofMatter.length === 0,
    ...(decision.endedAt === null ? {} : { endedAt: decision.endedAt.toISOString() }),
    ...(decision.endedBecause === null ? {} : { endedBecause: endOf(decision, own) }),
    ...(channel === null ? {} : { channel }),
    ...(text === null ? {} : { about: aboutOf(text) }),
    ...(decision.violation === null ? {} : { action: decision.violation.action }),
    ...(statement === undefined ? {} : { statementId: statement.id }),
    ...(decision.canBeAppealed ? {} : { finalBecause: CANNOT_BE_APPEALED }),
  };
}

/** A penalty does not say what ended it: its appeal does. */
function endOf({ endedBecause }: Decision, own: readonly OwnAppealRow[]): NonNullable<PenaltyItem['endedBecause']> {
  const wasOverturned = own.some(({ closedUnheard, status }) => status === 'approved' && !closedUnheard);
  return endedBecause === 'other' && wasOverturned ? 'appeal' : (endedBecause ?? 'other');
}

function siblingStatement(statements: Known['statements'], siblings: ReadonlySet<string>) {
  for (const id of siblings) {
    const found = statements.get(id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** People who report rate nothing: then a program's score of the text is shown only where it was rated before. */
function aboutOf(text: NonNullable<Decision['violation']>): NonNullable<PenaltyItem['about']> {
  const score = {
    value: text.riskScore,
    category: text.category as NonNullable<NonNullable<PenaltyItem['about']>['score']>['category'],
    hold: text.holdAt,
    block: text.blockAt,
  };
  return {
    source: text.sourceType,
    text: text.content,
    createdAt: text.createdAt.toISOString(),
    score: text.source === 'auto' ? score : null,
  };
}

const COLUMN = {
  violation: 'violationId',
  strike: 'strikeId',
  penalty: 'penaltyId',
  timeout: 'timeoutId',
  ban: 'banId',
} as const satisfies Record<DecisionSubjectKind, keyof Link>;

const idIn = (link: Link, type: DecisionSubjectKind): string | null => link[COLUMN[type]];
const idsIn = (link: Link): string[] => Object.values(COLUMN).flatMap((column) => link[column] ?? []);
