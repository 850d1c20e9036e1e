import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ReviewKit, reviewKit } from '../../../test/kit/review-kit.ts';
import { heldContents } from '../../app/held-contents.ts';
import { submitAppeal } from '../appeals/submit-appeal.ts';
import { liftTimeout } from '../sanctions/index.ts';

let kit: ReviewKit;
beforeAll(async () => {
  kit = await reviewKit();
});
afterAll(() => kit.close());

const undoable = (fields: object = {}) => ({ reason: 'Insults', undoable: true, ...fields });
const standingOf = async (userId: string) => ({
  strikes: await kit.count('content_safety_strikes where user_id = $1 and lifted_at is null', userId),
  penalties: await kit.count('admin_penalties where user_id = $1', userId),
  timeouts: await kit.count('timed_out_users where user_id = $1 and lifted_at is null', userId),
  bans: await kit.count('banned_viewers where user_id = $1 and lifted_at is null', userId),
  statements: await kit.count('statements_of_reasons where user_id = $1', userId),
  notices: await kit.count('notifications where user_id = $1', userId),
});
const NOTHING = { strikes: 0, penalties: 0, timeouts: 0, bans: 0, statements: 0, notices: 0 };

describe('a decision that can be taken back', () => {
  test.each([
    ['approve', {}],
    ['reject', {}],
    ['timeout', { minutes: 5 }],
    ['punish', { type: 'warning' }],
    ['punish', { type: 'strike' }],
    ['punish', { type: 'ban' }],
    ['escalate', { trigger: 'threats' }],
  ] as const)(
    '%s %j has its effect at once, is told to nobody, and leaves nothing once it was taken back',
    async (verb, fields) => {
      const { author, id } = await kit.held();
      const before = await kit.item(id);
      const { reason: _, ...withoutReason } = undoable(fields);
      const made = await kit.decide(kit.mo, id, verb, verb === 'escalate' ? withoutReason : undoable(fields));
      expect(made.status).toBe(200);
      expect((await kit.item(id)).resolution_status).not.toBe('pending');
      expect((await kit.call(author, 'GET', '/api/v1/notifications')).body.items).toEqual([]);
      const undone = await kit.decide(kit.mo, id, 'undo');
      expect([undone.status, undone.body]).toEqual([
        200,
        { itemId: id, status: 'pending', undone: made.body.decision },
      ]);
      const { updated_at: _was, ...same } = before;
      expect(await kit.item(id)).toMatchObject(same);
      expect(await standingOf(author.userId)).toEqual(NOTHING);
      expect((await kit.audited(id)).at(-1)).toBe('DECISION_UNDONE');
      expect(await kit.count('moderation_actions where item_id = $1 and undone_at is null', id)).toBe(0);

      // The item waits again, and somebody else may decide.
      await kit.advance(11_000);
      expect(await standingOf(author.userId)).toEqual(NOTHING);
      expect((await kit.decide(kit.max, id, 'reject')).status).toBe(200);
      expect(await kit.notices(author)).toHaveLength(1);
    },
  );

  test('is told after ten seconds, and at that moment it stands', async () => {
    const { author, id } = await kit.held();
    const { body } = await kit.decide(kit.mo, id, 'reject', undoable());
    const until = Date.parse(body.undoableUntil);
    expect(until - Date.parse(body.at)).toBe(10_000);
    await kit.advance(until - kit.deps.clock.now().getTime());
    const late = await kit.decide(kit.mo, id, 'undo');
    expect([late.status, late.body.detail]).toEqual([409, expect.stringMatching(/^Ten seconds are over/)]);
    await kit.settle();
    const inbox = await kit.call(author, 'GET', '/api/v1/notifications');
    expect(inbox.body.items.map(({ text }: { text: string }) => text)).toEqual([
      'Your message has been permanently hidden. Reason: Insults. If you want to appeal, open Appeals Center.',
    ]);
  });

  test('is taken back once, by whoever made it; one that was told at once is not', async () => {
    const { id } = await kit.held();
    const undo = async (who: typeof kit.mo) => (await kit.decide(who, id, 'undo')).body;
    expect((await undo(kit.mo)).detail).toBe('Nothing was decided on this item.');
    await kit.decide(kit.mo, id, 'reject');
    expect((await undo(kit.mo)).detail).toBe('This decision was told at once, so it cannot be taken back.');

    const other = await kit.held();
    await kit.decide(kit.mo, other.id, 'reject', undoable());
    for (const who of [kit.max, kit.ana]) {
      const { body, status } = await kit.decide(who, other.id, 'undo');
      expect([status, body.detail]).toEqual([409, 'Mo Moderator decided this; only they can take it back.']);
    }
    const both = await Promise.all([kit.decide(kit.mo, other.id, 'undo'), kit.decide(kit.mo, other.id, 'undo')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.detail).toMatch(/^Mo Moderator took this back already/);
    expect((await kit.audited(other.id)).filter((type) => type === 'DECISION_UNDONE')).toHaveLength(1);
  });

  test('stands once somebody else acted on it', async () => {
    const { author, id } = await kit.held();
    await kit.decide(kit.mo, id, 'timeout', undoable({ minutes: 5 }));
    const [timeout] = await kit.db.sql<{ id: string }>('select id from timed_out_users where user_id = $1', [
      author.userId,
    ]);
    await kit.db.database.asSystem('an appeal is accepted', (tx) =>
      liftTimeout(tx, timeout?.id ?? '', {
        by: kit.ana.userId,
        at: kit.deps.clock.now(),
        cause: 'appeal',
        reason: 'Satire',
      }),
    );
    const { body, status } = await kit.decide(kit.mo, id, 'undo');
    expect([status, body.code]).toEqual([409, 'already_decided']);
    expect(await kit.item(id)).toMatchObject({ resolution_status: 'rejected', line: 'rejected' });
    expect(await kit.notices(author)).toHaveLength(1);
  });

  test('ends an appeal that came while it still could be, and leaves nothing to appeal', async () => {
    const { author, id } = await kit.held();
    await kit.decide(kit.mo, id, 'timeout', undoable({ minutes: 5 }));
    const [timeout] = await kit.db.sql<{ id: string }>('select id from timed_out_users where user_id = $1', [
      author.userId,
    ]);
    const deps = { database: kit.db.database, clock: kit.deps.clock, screenshots: {} as never, heldContents };
    const subject = { type: 'timeout', id: timeout?.id ?? '' } as const;
    const appeal = await submitAppeal(deps, author, { subject, reason: 'It was a quotation.', screenshot: undefined });
    expect((await kit.decide(kit.mo, id, 'undo')).status).toBe(200);
    expect(await kit.count(`appeals where id = $1 and status = 'approved'`, appeal.id)).toBe(1);
    await expect(
      submitAppeal(deps, author, { subject, reason: 'It was a quotation.', screenshot: undefined }),
    ).rejects.toThrow();
  });

  test('that was the third strike opens the account again, which nobody heard was closed', async () => {
    const { author, id } = await kit.held();
    for (const other of [id, (await kit.held({ author })).id]) {
      await kit.decide(kit.ana, other, 'punish', { type: 'strike', reason: 'Hate' });
    }
    const before = await standingOf(author.userId);
    const third = await kit.held({ author });
    const made = await kit.decide(kit.ana, third.id, 'punish', undoable({ type: 'strike' }));
    expect(made.body).toMatchObject({ strikeNumber: 3, closesAccount: true });
    expect((await standingOf(author.userId)).penalties).toBe(1);
    expect((await kit.call(author, 'GET', '/api/v1/notifications')).body.items).toHaveLength(2);
    expect((await kit.decide(kit.ana, third.id, 'undo')).status).toBe(200);
    expect(await standingOf(author.userId)).toEqual(before);
    const [row] = await kit.db.sql('select is_banned from app_standing($1, $2)', [
      author.userId,
      kit.deps.clock.now().toISOString(),
    ]);
    expect(row).toEqual({ is_banned: false });
    // The same item may still give one strike, and no more.
    const again = await kit.decide(kit.otto, third.id, 'punish', { type: 'strike', reason: 'Hate' });
    expect(again.body).toMatchObject({ strikeNumber: 3, closesAccount: true });
  });
});

test('fifty pairs of different decisions at once leave one decision, one letter and one entry each', async () => {
  const DECISIONS = [
    ['approve', { reason: 'first' }],
    ['reject', { reason: 'second' }],
    ['timeout', { reason: 'third', minutes: 5 }],
    ['punish', { reason: 'fourth', type: 'warning' }],
    ['punish', { reason: 'fifth', type: 'strike' }],
    ['punish', { reason: 'sixth', type: 'ban' }],
    ['escalate', { trigger: 'threats', note: 'seventh' }],
  ] as const;
  for (let round = 0; round < 50; round++) {
    const { author, id } = await kit.held();
    const pick = (n: number) => DECISIONS[n % DECISIONS.length] ?? DECISIONS[0];
    const [one, other] = [pick(round), pick(round + 1 + (round % 5))];
    const answers = await Promise.all([
      kit.decide(kit.mo, id, one[0], one[1]),
      kit.decide(kit.max, id, other[0], other[1]),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [won, lost] = answers[0].status === 200 ? [one, answers[1]] : [other, answers[0]];
    const words: { reason?: string; note?: string } = won[1];
    expect(lost.body.detail).toMatch(new RegExp(`^(Mo|Max) Moderator .* Reason: ${words.reason ?? words.note}$`));
    expect([
      won[0],
      await kit.count('moderation_actions where item_id = $1', id),
      await kit.count('notifications where user_id = $1', author.userId),
      (await kit.audited(id)).length,
    ]).toEqual([won[0], 1, won[0] === 'escalate' ? 0 : 1, 1]);
  }
});
