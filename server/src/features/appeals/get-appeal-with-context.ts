/** One appeal with everything an admin needs to weigh it, and what accepting it would undo. */
import type { appealDesk as contract } from '@virgil/contract';
import { type Category, category, HARSH, type StatementId, veilOf } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { personOf, personOfActor } from '../channels/index.ts';
import {
  chatAround,
  findWithPeople,
  lineReported,
  moderatorNotesOn,
  statementIn,
  stepsOn,
  violationsWithChannels,
} from './context-store.ts';
import type { AppealDeps } from './deps.ts';
import { adminMessageOf, appealOf, describeAppeals, noteOf } from './describe-appeal.ts';
import { messagesWithAuthors, notesOf } from './dialogue-store.ts';
import { matterOf } from './matter-store.ts';
import { appealsOf, subjectOf } from './store.ts';
import { planUndo, type Step } from './undo-plan.ts';

const MOST_EARLIER = 20;

export async function getAppealWithContext(
  { clock, database, heldContents }: Pick<AppealDeps, 'clock' | 'database' | 'heldContents'>,
  actor: Actor,
  id: string,
): Promise<contract.AppealContext> {
  const { userId } = personOfActor(actor);
  const at = clock.now();
  // Beyond row security: what an acceptance undoes is asked of every slice that did something. The edge let an admin pass.
  return database.asSystem('an admin weighs an appeal', async (tx) => {
    const found = await findWithPeople(tx, id);
    if (found === null) throw new AppError('not_found', { detail: 'There is no such appeal.' });
    // Notes and the dialogue of the other side are not for whom they are about, admin or not.
    if (found.appeal.userId === userId) {
      throw new AppError('own_content', { detail: 'This appeal is your own: another admin hears it.' });
    }
    const matter = await matterOf(tx, subjectOf(found.appeal));
    const steps = await planUndo(tx, heldContents, matter, at);
    const isOpen = found.appeal.status === 'pending';
    const [appeal] = await describeAppeals(tx, [found], userId, at);
    if (appeal === undefined) throw new Error('an appeal vanished while it was read');
    const violations = await violationsWithChannels(tx, matter.violationIds);
    const statement = await statementIn(tx, steps);
    const done = await stepsOn(tx, matter.itemIds);
    // The item repeats the reason of its decision, which stands with the decision.
    const notes = await moderatorNotesOn(tx, matter.itemIds);
    const others = (await appealsOf(tx, found.appeal.userId)).filter((row) => row.id !== id);
    return {
      appeal,
      consequences: isOpen
        ? steps.map(({ id: of, name, undone, until, what }) => ({ what, id: of, name, until, undone }))
        : [],
      violations: violations.map(violationOf),
      steps: done.map(stepOf),
      moderatorNotes: notes.filter((note) => !done.some(({ action }) => action.reason === note)),
      neighbours: await neighboursOf(tx, violations, steps),
      statement:
        statement === null
          ? null
          : {
              id: statement.id as StatementId,
              letter: statement.letter,
              rule: statement.rule,
              explanation: statement.explanation,
              source: statement.source,
              receipt: statement.receipt,
            },
      earlier: others.slice(0, MOST_EARLIER).map(appealOf),
      messages: (await messagesWithAuthors(tx, id)).map(adminMessageOf),
      notes: (await notesOf(tx, id)).map(noteOf),
    };
  });
}

function violationOf({
  channel,
  violation,
}: Awaited<ReturnType<typeof violationsWithChannels>>[number]): contract.AppealContext['violations'][number] {
  return {
    id: violation.id,
    source: violation.source,
    sourceType: violation.sourceType,
    content: violation.content,
    normalisedText: violation.normalisedText,
    category: violation.category,
    score: violation.riskScore,
    breakdown: known(violation.breakdown),
    hold: violation.holdAt,
    block: violation.blockAt,
    classifier: violation.classifier,
    classifierVersion: violation.classifierVersion,
    rule: violation.rule,
    action: violation.action,
    createdAt: violation.createdAt.toISOString(),
    resolvedAt: violation.resolvedAt?.toISOString() ?? null,
    channel,
    streamId: violation.streamId,
  };
}

/** Stored by a classifier of its day: categories that are none any more are left out. */
function known(breakdown: Readonly<Record<string, number | undefined>>): Partial<Record<Category, number>> {
  const scores: Partial<Record<Category, number>> = {};
  for (const each of category.options) {
    const score = breakdown[each];
    if (score !== undefined) scores[each] = score;
  }
  return scores;
}

const stepOf = ({ action, by }: Awaited<ReturnType<typeof stepsOn>>[number]) => ({
  id: action.id,
  at: action.createdAt.toISOString(),
  by: by === null ? null : personOf(by),
  kind: action.kind,
  reason: action.reason,
  policyReference: action.policyReference,
  minutes: action.minutes,
  trigger: action.escalationTrigger,
  undoneAt: action.undoneAt?.toISOString() ?? null,
});

async function neighboursOf(
  tx: Tx,
  violations: Awaited<ReturnType<typeof violationsWithChannels>>,
  steps: readonly Step[],
): Promise<contract.AppealContext['neighbours']> {
  const spoken = violations.find(({ violation }) => violation.sourceType === 'live')?.violation;
  const id = spoken?.contentId ?? (violations.length === 0 ? await lineReported(tx, steps) : null);
  if (id === null || id === undefined) return [];
  return (await chatAround(tx, id)).map(
    ({ createdAt, displayName, id: of, isSubject, status, text, userId, ...line }) => ({
      id: of,
      author: { id: userId, displayName },
      text,
      createdAt: createdAt.toISOString(),
      status,
      // What was decided of it counts more than what a classifier had made of it.
      veil:
        isSubject && spoken !== undefined && HARSH.has(spoken.category)
          ? veilOf({ ...spoken, riskScore: 1 })
          : veilOf(line),
      isSubject,
    }),
  );
}
