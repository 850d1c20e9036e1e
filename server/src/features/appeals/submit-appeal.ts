/** Someone objects to a decision about them. */
import { type appeals as contract, letters } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Actor, Person } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { AppError } from '../../errors.ts';
import type { UploadedFile } from '../../http/index.ts';
import { personOfActor } from '../channels/index.ts';
import { notify } from '../notifications/index.ts';
import { CANNOT_BE_APPEALED, lockStanding } from '../penalties/index.ts';
import { decisionsAbout } from './decision-store.ts';
import type { AppealDeps } from './deps.ts';
import { appealOf } from './describe-appeal.ts';
import { appealChanged } from './events.ts';
import { matterOf, subjectsOf } from './matter-store.ts';
import { mayAppeal } from './policy.ts';
import { addressOfScreenshot, encodeScreenshot } from './screenshot-store.ts';
import { appealsOf, columnOf, insertAppeal, subjectOf } from './store.ts';

export interface NewAppeal {
  readonly subject: contract.AppealSubject;
  readonly reason: string;
  readonly screenshot: UploadedFile | undefined;
}

export async function submitAppeal(deps: AppealDeps, actor: Actor, appeal: NewAppeal): Promise<contract.Appeal> {
  const person = personOfActor(actor);
  // What else the same decision did is known to those who decided; the person is only told that it is one.
  const siblings = await deps.database.asSystem('which of somebody’s penalties are one decision', async (tx) =>
    subjectsOf(await matterOf(tx, appeal.subject)).map(({ id }) => id),
  );
  // Asked before the picture is taken in, and again in the transaction that writes.
  const refuse = (tx: Tx) => refuseUnappealable(tx, person, appeal.subject, siblings, deps.clock.now());
  await deps.database.asActor(person, refuse);
  if (appeal.screenshot === undefined) return store(deps, person, appeal, { address: null, refuse });
  // The file first: one that no row names is swept away, a row never names a file that is not there.
  const key = await deps.screenshots.write(await encodeScreenshot(appeal.screenshot.bytes));
  try {
    return await store(deps, person, appeal, { address: addressOfScreenshot(key), refuse });
  } catch (error) {
    await deps.screenshots.remove(key);
    throw error;
  }
}

async function store(
  deps: AppealDeps,
  person: Person,
  { reason, subject }: NewAppeal,
  { address, refuse }: { readonly address: string | null; readonly refuse: (tx: Tx) => Promise<void> },
): Promise<contract.Appeal> {
  const { userId } = person;
  return deps.database.asActor(person, async (tx) => {
    // One at a time: an appeal against one part of a decision is against all of it.
    await lockStanding(tx, userId);
    await refuse(tx);
    const at = deps.clock.now();
    const id = uuidv7();
    const facts = { id, userId, appealReason: reason, appealScreenshotUrl: address, createdAt: at };
    const row = await insertAppeal(tx, { ...columnOf(subject), ...facts });
    if (row === null) throw refusal('appeal_exists', true);
    const [receipt] = await recordAudit(tx, {
      type: 'APPEAL_SUBMITTED',
      entity: 'appeal',
      entityId: id,
      actorId: userId,
      at,
      details: { subject, withScreenshot: address !== null },
      personal: [{ userId, data: { reason } }],
    });
    const data = { appealId: id, subject: subject.type, subjectId: subject.id, receipt };
    await notify(tx, { ...letters.appealSubmitted(), data, userId, sentBy: userId, at });
    await announce(tx, appealChanged(row, at));
    return appealOf(row);
  });
}

async function refuseUnappealable(
  tx: Tx,
  { userId }: Person,
  subject: contract.AppealSubject,
  siblings: readonly string[],
  at: Date,
): Promise<void> {
  const decisions = await decisionsAbout(tx, userId, at);
  const decision = decisions.find((each) => each.subject.type === subject.type && each.subject.id === subject.id);
  if (decision === undefined) throw new AppError('not_found', { detail: 'There is no such decision about you.' });
  const before = (await appealsOf(tx, userId)).filter((row) => siblings.includes(subjectOf(row).id));
  const { canBeAppealed, isInForce } = decision;
  const verdict = mayAppeal({ canBeAppealed, isInForce, before: before.map(({ status }) => status) });
  if (!verdict.allowed) throw refusal(verdict.code, canBeAppealed);
}

function refusal(code: 'appeal_exists' | 'appeal_not_possible', canBeAppealed: boolean): AppError {
  if (code === 'appeal_exists') {
    return new AppError(code, { detail: 'You have appealed this decision already; one appeal a decision is heard.' });
  }
  return new AppError(code, { detail: canBeAppealed ? 'This decision is not in force any more.' : CANNOT_BE_APPEALED });
}
