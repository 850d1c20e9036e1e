import { accounts, appealDesk, appeals, notifications, penalties, strikes, type UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';
import { issueStrike } from '../strikes/index.ts';

let app: TestApp;
/** Decides; so another has to hear the appeals. */
let ed: SignedIn;
let ada: SignedIn;
beforeAll(async () => {
  app = await testApp();
  ed = await app.signUp({ role: 'admin', name: 'Ed Admin' });
  ada = await app.signUp({ role: 'admin', name: 'Ada Admin' });
});
afterAll(() => app.close());

const strike = (userId: UserId) =>
  app.storage.database.asSystem('a test', (tx) =>
    issueStrike(tx, {
      userId,
      reason: 'Rule 2, insults.',
      category: 'harassment',
      source: { kind: 'admin', id: uuidv7() },
      issuedBy: ed.id,
      at: new Date(),
    }),
  );
const ban = (userId: UserId, body: object = {}) =>
  ed.call(penalties.banUser, { params: { id: userId }, body: { reason: 'Fake giveaways.', ...body } });
const WORDS = 'It was a quotation from a film, at minute twelve.';
const appeal = (who: SignedIn, type: 'penalty' | 'strike', id: string, reason = WORDS) =>
  who.attempt(appeals.submitAppeal, { body: { subject: { type, id }, reason } });
const decide = (by: SignedIn, id: string, how: 'accept' | 'deny', resolution = 'We looked again.') =>
  by.attempt(how === 'accept' ? appealDesk.acceptAppeal : appealDesk.denyAppeal, {
    params: { id },
    body: { resolution },
  });
const letters = async (who: SignedIn) =>
  (await who.call(notifications.listNotifications)).items.map(({ text }) => text);

describe('an appeal', () => {
  it('is handed in once for a decision, and is under review', async () => {
    const vic = await app.signUp();
    const { strikeId } = await strike(vic.id);
    const { active } = await vic.call(penalties.listOwnPenalties);
    expect(active).toMatchObject([
      { kind: 'strike', id: strikeId, reason: 'Rule 2, insults.', active: true, appealable: true, automatic: false },
    ]);
    const first = await appeal(vic, 'strike', strikeId, `  ${WORDS}  `);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ subject: { type: 'strike', id: strikeId }, reason: WORDS, status: 'pending' });
    expect((await appeal(vic, 'strike', strikeId)).problem?.code).toBe('appeal_exists');
    expect(await letters(vic)).toContain(
      'Your appeal has been submitted and is under review. If you want to appeal, open Appeals Center.',
    );
    const after = await vic.call(penalties.listOwnPenalties);
    expect(after.active).toMatchObject([{ appealable: false, appealId: first.body.id }]);
    expect((await vic.call(appeals.getUserAppeals)).items).toEqual([first.body]);
  });

  it('is one, also when it is sent twenty times at once', async () => {
    const vic = await app.signUp();
    const { strikeId } = await strike(vic.id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => appeal(vic, 'strike', strikeId)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.flatMap(({ problem }) => problem?.code ?? []))).toEqual(new Set(['appeal_exists']));
  });

  it('says why, in ten characters at least after trimming', async () => {
    const vic = await app.signUp();
    const { strikeId } = await strike(vic.id);
    expect((await appeal(vic, 'strike', strikeId, ' unfair.   ')).problem?.code).toBe('invalid');
    expect((await appeal(vic, 'strike', strikeId, 'ten chars.')).status).toBe(201);
  });

  it('is one’s own, about what is there', async () => {
    const [vic, other] = [await app.signUp(), await app.signUp()];
    const { strikeId } = await strike(vic.id);
    expect((await appeal(other, 'strike', strikeId)).problem?.code).toBe('not_found');
    expect((await appeal(vic, 'penalty', strikeId)).problem?.code).toBe('not_found');
    expect((await appeal(ada, 'strike', strikeId)).problem?.code).toBe('not_found');
    expect(JSON.stringify(await vic.call(penalties.listOwnPenalties))).not.toContain(ed.id);
  });

  it.each(['minors', 'terror', 'fraud'] as const)(
    'against a permanent ban for %s is refused with the sentence',
    async (category) => {
      const vic = await app.signUp();
      const penalty = await ban(vic.id, { category });
      const sentence = 'This permanent ban cannot be appealed due to the severity of the violation.';
      expect((await appeal(vic, 'penalty', penalty.id)).problem).toMatchObject({
        code: 'appeal_not_possible',
        detail: sentence,
      });
      expect((await vic.call(penalties.listOwnPenalties)).active).toMatchObject([
        { appealable: false, finalBecause: sentence },
      ]);
      const [letter] = await letters(vic);
      expect(letter).toContain(sentence);
      expect(letter).not.toContain('appeal, open Appeals Center');
      expect(letter).not.toContain('final unless appealed');
    },
  );
});

describe('an admin', () => {
  it('accepts: the ban ends, the person is told, and nobody decides twice', async () => {
    const vic = await app.signUp();
    const penalty = await ban(vic.id);
    const { body } = await appeal(vic, 'penalty', penalty.id);
    const listed = await ada.call(appealDesk.getPendingAppeals, { query: { q: vic.name } });
    expect(listed.items).toMatchObject([
      {
        id: body.id,
        user: { id: vic.id },
        decision: { reason: 'Fake giveaways.', issuedBy: { displayName: 'Ed Admin' }, active: true },
        mayReview: true,
      },
    ]);
    const [a, b] = await Promise.all([decide(ada, body.id, 'accept'), decide(ada, body.id, 'deny')]);
    const [won, lost] = a.problem === null ? [a, b] : [b, a];
    expect(lost.problem).toMatchObject({ code: 'already_decided', detail: expect.stringContaining('Ada Admin') });
    expect(won.body.reviewedBy).toMatchObject({ displayName: 'Ada Admin' });
    expect((await decide(ada, body.id, 'accept')).problem?.code).toBe('already_decided');
  });

  it('accepts: a strike goes, the automatic ban with it, and the letter says both', async () => {
    const vic = await app.signUp();
    const given = [await strike(vic.id), await strike(vic.id), await strike(vic.id)];
    expect(await vic.call(accounts.getMe)).toMatchObject({ isBanned: true });
    const { active } = await vic.call(penalties.listOwnPenalties);
    expect(active.map(({ automatic, kind }) => [kind, automatic])).toEqual([
      ['penalty', true],
      ['strike', false],
      ['strike', false],
      ['strike', false],
    ]);
    const ofStrike = await appeal(vic, 'strike', given[0]?.strikeId ?? '');
    const ofBan = await appeal(vic, 'penalty', given[2]?.bannedBy ?? '');
    expect((await decide(ada, ofStrike.body.id, 'accept', 'A quotation.')).status).toBe(200);
    expect(await vic.call(accounts.getMe)).toMatchObject({ isBanned: false });
    expect((await letters(vic))[0]).toBe(
      'Your appeal was reviewed and accepted. Reason: A quotation. If you want to appeal, open Appeals Center.\n\n' +
        'Fewer than three strikes are active, so your account is open again.',
    );
    await app.settle();
    const own = (await vic.call(appeals.getUserAppeals)).items;
    // The open appeal against the ban has got what it asked for.
    expect(own.find(({ id }) => id === ofBan.body.id)).toMatchObject({ status: 'approved' });
  });

  it('denies: the decision stays, and no second appeal is taken', async () => {
    const vic = await app.signUp();
    const { strikeId } = await strike(vic.id);
    const { body } = await appeal(vic, 'strike', strikeId);
    expect((await decide(ada, body.id, 'deny', 'It was not a quotation.')).body).toMatchObject({ status: 'denied' });
    expect((await letters(vic))[0]).toBe(
      'Your appeal was reviewed and denied. Reason: It was not a quotation. If you want to appeal, open Appeals Center.',
    );
    expect((await appeal(vic, 'strike', strikeId)).problem?.code).toBe('appeal_exists');
  });

  it('hears no appeal against their own decision while another could, and never their own', async () => {
    const vic = await app.signUp();
    const penalty = await ban(vic.id);
    const { body } = await appeal(vic, 'penalty', penalty.id);
    expect((await decide(ed, body.id, 'deny')).problem?.code).toBe('not_allowed');
    expect((await ed.call(appealDesk.getPendingAppeals, { query: { q: vic.name } })).items).toMatchObject([
      { mayReview: false },
    ]);
    const { strikeId } = await strike(ada.id);
    const own = await appeal(ada, 'strike', strikeId);
    expect((await decide(ada, own.body.id, 'accept')).problem?.code).toBe('own_content');
    await app.storage.sql(`update profiles set role = 'user' where id = $1`, [ada.id]);
    expect((await decide(ed, body.id, 'deny')).status).toBe(200);
    await app.storage.sql(`update profiles set role = 'admin' where id = $1`, [ada.id]);
  });

  it('lifts a ban in another way: the open appeal is closed with it', async () => {
    const vic = await app.signUp();
    const penalty = await ban(vic.id);
    const { body } = await appeal(vic, 'penalty', penalty.id);
    await ed.call(penalties.unbanUser, { params: { id: vic.id }, body: { reason: 'By mistake.' } });
    await app.settle();
    expect((await decide(ada, body.id, 'deny')).problem?.code).toBe('already_decided');
    const log = 'select type, actor_id from audit_index where entity = $1 and entity_id = $2 order by at';
    expect(await app.storage.sql(log, ['appeal', body.id])).toMatchObject([
      { type: 'APPEAL_SUBMITTED', actor_id: vic.id },
      { type: 'APPEAL_ACCEPTED', actor_id: null },
    ]);
  });
});

describe('the strikes of everybody', () => {
  it('are grouped by person, with automatic bans marked, searched and filtered', async () => {
    const [warned, banned] = [await app.signUp({ name: 'Warned Wanda' }), await app.signUp({ name: 'Banned Bodo' })];
    await strike(warned.id);
    for (let n = 0; n < 3; n++) await strike(banned.id);
    const ofBodo = await ed.call(strikes.listStrikes, { query: { q: 'bodo' } });
    expect(ofBodo).toMatchObject({
      items: [{ user: { displayName: 'Banned Bodo' }, active: 3, step: 'banned', autoBanned: true }],
      counts: { people: 1, strikes: 3, warned: 0, banned: 1 },
    });
    expect(ofBodo.items[0]?.strikes[0]).toMatchObject({ reason: 'Rule 2, insults.', issuedBy: { id: ed.id } });
    const all = await ed.call(strikes.listStrikes, { query: { step: 'warned' } });
    expect(all.items.every(({ autoBanned, step }) => step === 'warned' && !autoBanned)).toBe(true);
    const first = await ed.call(strikes.listStrikes, { query: { limit: 1 } });
    const second = await ed.call(strikes.listStrikes, { query: { limit: 1, cursor: first.nextCursor ?? '' } });
    expect([first, second].map(({ items }) => items[0]?.user.displayName)).toEqual(['Banned Bodo', 'Warned Wanda']);
  });

  it('can be appealed by letter: the decision is written down, once', async () => {
    const vic = await app.signUp();
    const { strikeId } = await strike(vic.id);
    const decideOnStrike = (by: SignedIn, decision: 'accepted' | 'denied') =>
      by.attempt(strikes.decideStrikeAppeal, {
        params: { id: strikeId },
        body: { decision, reason: 'Heard by letter' },
      });
    expect((await decideOnStrike(ed, 'accepted')).problem?.code).toBe('not_allowed');
    expect((await decideOnStrike(ada, 'accepted')).body).toMatchObject({
      active: false,
      liftedReason: 'Heard by letter',
      appeal: { status: 'approved' },
    });
    expect((await decideOnStrike(ada, 'denied')).problem).toMatchObject({
      code: 'already_decided',
      detail: expect.stringContaining('Ada Admin'),
    });
  });

  it('close an open appeal of the person when they are decided there', async () => {
    const vic = await app.signUp();
    const { strikeId } = await strike(vic.id);
    const { body } = await appeal(vic, 'strike', strikeId);
    await ada.call(strikes.decideStrikeAppeal, {
      params: { id: strikeId },
      body: { decision: 'denied', reason: 'It stays.' },
    });
    expect((await vic.call(appeals.getUserAppeals)).items).toMatchObject([
      { id: body.id, status: 'denied', resolution: 'It stays.' },
    ]);
  });
});

describe('an appeal against a closing that ran out with its strikes', () => {
  it('is still heard: nobody took anything back, so it is not accepted, and accepting it says so in the reasons', async () => {
    const vic = await app.signUp();
    const given = [await strike(vic.id), await strike(vic.id), await strike(vic.id)];
    const { body } = await appeal(vic, 'penalty', given[2]?.bannedBy ?? '');
    const ended = given[0]?.expiresAt ?? new Date(0);
    await app.advance(ended.getTime() - Date.now() + 60_000);
    await app.settle();

    const stored = () => app.storage.sql('select status from appeals where id = $1', [body.id]);
    const reasons = () =>
      app.storage.sql('select ends_at, reversed_because from statements_of_reasons where decision_id = $1', [
        body.subject.id,
      ]);
    expect(await stored()).toEqual([{ status: 'pending' }]);
    expect(await reasons()).toEqual([{ ends_at: ended, reversed_because: null }]);

    const admin = await app.signUp({ role: 'admin' });
    expect((await decide(admin, body.id, 'accept')).body).toMatchObject({ status: 'approved' });
    expect(await reasons()).toEqual([{ ends_at: ended, reversed_because: 'appeal' }]);
  });
});
