/** What holds after any sequence of decisions, returns, escalations and appeals on one text. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ReviewKit, reviewKit } from '../../../test/kit/review-kit.ts';
import type { Person } from '../../actor.ts';
import { heldContents } from '../../app/held-contents.ts';
import { AppError } from '../../errors.ts';
import { acceptAppeal } from '../appeals/accept-appeal.ts';
import { submitAppeal } from '../appeals/submit-appeal.ts';

let kit: ReviewKit;
beforeAll(async () => {
  kit = await reviewKit();
});
afterAll(() => kit.close());

type Step =
  | { readonly act: 'decide'; readonly who: Who; readonly verb: string; readonly body: object }
  | { readonly act: 'undo'; readonly who: Who }
  | { readonly act: 'wait' }
  | { readonly act: 'appeal' };
type Who = 'mo' | 'max' | 'ana';

const who = fc.constantFrom<Who>('mo', 'max', 'ana');
const decision = fc.constantFrom<{ verb: string; body: object }>(
  { verb: 'approve', body: { reason: 'r' } },
  { verb: 'reject', body: { reason: 'r' } },
  { verb: 'timeout', body: { reason: 'r', minutes: 60 } },
  { verb: 'punish', body: { reason: 'r', type: 'warning' } },
  { verb: 'punish', body: { reason: 'r', type: 'strike' } },
  { verb: 'punish', body: { reason: 'r', type: 'ban' } },
  { verb: 'escalate', body: { trigger: 'racism' } },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(who, decision, fc.boolean())
      .map(
        ([by, { body, verb }, undoable]) => ({ act: 'decide', who: by, verb, body: { ...body, undoable } }) as const,
      ),
  },
  { weight: 4, arbitrary: who.map((by) => ({ act: 'undo', who: by }) as const) },
  { weight: 1, arbitrary: fc.constant({ act: 'wait' } as const) },
  { weight: 2, arbitrary: fc.constant({ act: 'appeal' } as const) },
);

async function take(step: Step, id: string, author: Person): Promise<boolean> {
  switch (step.act) {
    case 'decide':
      return (await kit.decide(kit[step.who], id, step.verb, step.body)).status === 200;
    case 'undo':
      return (await kit.decide(kit[step.who], id, 'undo')).status === 200;
    case 'wait':
      await kit.advance(10_000);
      return true;
    case 'appeal':
      return objectAndBeHeard(author, id);
  }
}

/** Otto hears every appeal, so that nobody hears one against their own decision. */
async function objectAndBeHeard(author: Person, itemId: string): Promise<boolean> {
  const [subject] = await kit.db.sql<{ appeal_type: 'violation'; appeal_id: string }>(
    `select appeal_type, appeal_id from statements_of_reasons where decision_id in
       (select id from moderation_actions where item_id = $1) and held_until is null and reversed_at is null`,
    [itemId],
  );
  if (subject === undefined) return false;
  const deps = { database: kit.db.database, clock: kit.deps.clock, screenshots: {} as never, heldContents };
  const about = { type: subject.appeal_type, id: subject.appeal_id };
  try {
    const appeal = await submitAppeal(deps, author, {
      subject: about,
      reason: 'It was a quotation.',
      screenshot: undefined,
    });
    await acceptAppeal(deps, kit.otto, appeal.id, { resolution: 'A quotation' });
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function stateOf(id: string, userId: string) {
  const item = await kit.item(id);
  const inForce = (table: string) => kit.count(`${table} where user_id = $1 and lifted_at is null`, userId);
  return {
    status: item.resolution_status,
    line: item.line,
    violation: { action: item.action, because: item.resolved_because },
    sanctions: (await inForce('timed_out_users')) + (await inForce('banned_viewers')),
    strikes: await inForce('content_safety_strikes'),
    decisions: await kit.count(
      `moderation_actions where item_id = $1 and undone_at is null and kind <> 'escalate'`,
      id,
    ),
    letters: await kit.count(
      `notifications where user_id = $1 and kind not in ('appeal_submitted', 'appeal_accepted')`,
      userId,
    ),
    overturned: await kit.count(`appeals where user_id = $1 and status = 'approved'`, userId),
  };
}

test('an approved text is read and clears its author, a rejected one is hidden and counts, an undone one waits', async () => {
  const taken = new Map<Step['act'], number>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      const { author, id } = await kit.held();
      for (const each of steps) {
        const before = await stateOf(id, author.userId);
        const done = await take(each, id, author);
        if (done) taken.set(each.act, (taken.get(each.act) ?? 0) + 1);
        const now = await stateOf(id, author.userId);
        // A refusal changes nothing.
        if (!done) expect(now).toEqual(before);
        const told = now.letters === now.decisions;
        switch (now.status) {
          case 'approved':
            expect([told, now]).toMatchObject([
              true,
              { line: 'published', violation: { because: 'approved' }, sanctions: 0, strikes: 0, decisions: 1 },
            ]);
            break;
          case 'rejected':
            expect([told, now.decisions, now.strikes <= 1]).toEqual([true, 1, true]);
            if (now.overturned === 0) expect(now).toMatchObject({ line: 'rejected', violation: { because: null } });
            else
              expect(now).toMatchObject({
                line: 'published',
                violation: { because: 'appeal' },
                sanctions: 0,
                strikes: 0,
              });
            break;
          default:
            expect(now).toMatchObject({
              line: 'held',
              violation: { action: 'held', because: null },
              sanctions: 0,
              strikes: 0,
              decisions: 0,
              letters: 0,
            });
        }
      }
    }),
    { numRuns: 14, seed: 5 },
  );
  // Of each kind some were taken: the law was tried on them all.
  for (const act of ['decide', 'undo', 'wait', 'appeal'] as const)
    expect([act, taken.get(act) ?? 0]).toEqual([act, expect.toSatisfy((n: number) => n > 1)]);
});
