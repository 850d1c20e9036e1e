/** One decision does several things; an accepted appeal undoes all of them, once, whoever comes at the same time. */
import {
  accounts,
  appealDesk,
  appeals,
  type appeals as contract,
  livestreams,
  notifications,
  penalties,
  review,
  type UserId,
} from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';
import { type ItemFields, makeLine, makeModerator, makeReviewItem } from '../../../test/kit/review-items.ts';
import { DATA_MAP } from '../privacy/data-map.ts';

let app: TestApp;
let ed: SignedIn;
let ada: SignedIn;
let mira: SignedIn;
let mo: SignedIn;
let streamId: string;

const person = ({ id }: SignedIn) => ({ kind: 'person', userId: id, role: 'user' }) as const;

beforeAll(async () => {
  app = await testApp();
  ed = await app.signUp({ role: 'admin', name: 'Ed Admin' });
  ada = await app.signUp({ role: 'admin', name: 'Ada Admin' });
  mira = await app.signUp({ tier: 'premium', name: 'Mira Voss' });
  mo = await app.signUp({ name: 'Mo' });
  await makeModerator(app.storage, person(mira), person(mo));
  streamId = (await mira.call(livestreams.startLivestream, { body: { title: 'An evening' } })).livestream.id;
});
afterAll(() => app.close());

type Subject = contract.AppealSubject;
const REASON = 'She says it every show herself.';

const held = (author: SignedIn, fields: Partial<ItemFields> = {}) =>
  makeReviewItem(app.storage, {
    author: person(author),
    channel: person(mira),
    streamId,
    text: 'ihr Clowns',
    ...fields,
  });
const contentOf = async (itemId: string) => {
  const [row] = await app.storage.sql<{ content_id: string; violation_id: string }>(
    'select content_id, violation_id from moderator_review_queue where id = $1',
    [itemId],
  );
  return { contentId: row?.content_id ?? '', violationId: row?.violation_id ?? '' };
};
const statusOf = async (contentId: string) =>
  (await app.storage.sql('select status from stream_messages where id = $1', [contentId]))[0]?.status;
const violation = async (id: string) =>
  (
    await app.storage.sql(
      'select resolved_because, resolved_at is not null as resolved from user_violations where id = $1',
      [id],
    )
  )[0];
const timeOut = (itemId: string, minutes = 10, by = mo) =>
  by.call(review.timeOutAuthor, { params: { id: itemId as never }, body: { minutes, reason: 'Rule 2, insults.' } });
const punish = (itemId: string, type: 'warning' | 'strike' | 'ban', by = mo) =>
  by.call(review.punishAuthor, { params: { id: itemId as never }, body: { type, reason: 'Rule 2, insults.' } });
const own = (who: SignedIn) => who.call(penalties.listOwnPenalties);
const submit = (who: SignedIn, subject: Subject) =>
  who.attempt(appeals.submitAppeal, { body: { subject, reason: REASON } });
const open = async (who: SignedIn, subject: Subject) =>
  (await who.call(appeals.submitAppeal, { body: { subject, reason: REASON } })).id;
const accept = (id: string, by = ada) =>
  by.attempt(appealDesk.acceptAppeal, { params: { id }, body: { resolution: 'A habit among friends.' } });
const deny = (id: string, by = ada) =>
  by.attempt(appealDesk.denyAppeal, { params: { id }, body: { resolution: 'It was meant for somebody new.' } });
const context = (id: string, by = ada) => by.call(appealDesk.getAppealWithContext, { params: { id } });
const letters = async (who: SignedIn) =>
  (await who.call(notifications.listNotifications)).items.map(({ text }) => text);
const first = async (who: SignedIn) => {
  const [item] = (await own(who)).active;
  if (item === undefined) throw new Error('nothing stands against them');
  return item;
};

describe('what was decided on a text', () => {
  it('shows as one thing, with the text, its score and the thresholds of that moment, and no names of who decided', async () => {
    const vic = await app.signUp();
    const itemId = await held(vic);
    expect((await own(vic)).active).toEqual([]);
    await timeOut(itemId);
    const { active } = await own(vic);
    expect(active).toMatchObject([
      {
        kind: 'timeout',
        reason: 'Rule 2, insults.',
        active: true,
        appealable: true,
        automatic: false,
        category: 'harassment',
        channel: { id: mira.id, displayName: 'Mira Voss' },
        about: { source: 'live', text: 'ihr Clowns', score: { category: 'harassment' } },
        statementId: expect.any(String),
      },
    ]);
    expect(active[0]?.about?.score?.value).toBeCloseTo(0.72);
    expect(active[0]?.about?.score?.hold).toBeCloseTo(0.55);
    expect(JSON.stringify(active)).not.toContain(mo.id);
  });

  it('is appealed once, by whichever part: also when two parts are appealed at the same time', async () => {
    const vic = await app.signUp();
    const itemId = await held(vic);
    await timeOut(itemId);
    const { violationId } = await contentOf(itemId);
    const timeout = await first(vic);
    const answers = await Promise.all([
      submit(vic, { type: 'timeout', id: timeout.id }),
      submit(vic, { type: 'violation', id: violationId }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const id = answers.find(({ status }) => status === 201)?.body.id ?? '';
    expect((await first(vic)).appealId).toBe(id);
    expect((await deny(id)).status).toBe(200);
    await app.advance(11 * 60_000);
    // The timeout is over, the text stays hidden: but the decision has been heard.
    const { active, historical } = await own(vic);
    expect(active).toMatchObject([{ kind: 'violation', id: violationId, appealable: false, appealId: id }]);
    expect(historical).toMatchObject([{ kind: 'timeout', appealable: false }]);
    expect((await submit(vic, { type: 'violation', id: violationId })).problem?.code).toBe('appeal_exists');
    expect((await submit(vic, { type: 'timeout', id: timeout.id })).problem?.code).toMatch(/appeal/);
  });

  it('is nothing to appeal while it only waits', async () => {
    const vic = await app.signUp();
    const { violationId } = await contentOf(await held(vic));
    expect((await submit(vic, { type: 'violation', id: violationId })).problem?.code).toBe('not_found');
  });

  it('that is over is history, without an appeal', async () => {
    const vic = await app.signUp();
    await timeOut(await held(vic), 5);
    const timeout = await first(vic);
    await app.advance(6 * 60_000);
    const { historical } = await own(vic);
    expect(historical).toMatchObject([{ id: timeout.id, active: false, appealable: false }]);
    expect((await submit(vic, { type: 'timeout', id: timeout.id })).problem).toMatchObject({
      code: 'appeal_not_possible',
      detail: 'This decision is not in force any more.',
    });
  });
});

describe('an accepted appeal', () => {
  it('ends the timeout, resolves the violation, shows the text again, reverses the reasons, and tells once', async () => {
    const vic = await app.signUp();
    const itemId = await held(vic);
    await timeOut(itemId);
    const { contentId, violationId } = await contentOf(itemId);
    const id = await open(vic, { type: 'timeout', id: (await first(vic)).id });
    const { consequences } = await context(id);
    expect(consequences.map(({ undone, what }) => [what, undone])).toEqual([
      ['violation', true],
      ['text', true],
      ['timeout', true],
      ['statement', true],
    ]);
    expect(await statusOf(contentId)).toBe('rejected');
    expect((await accept(id)).body).toMatchObject({ status: 'approved', decision: { active: false } });
    expect(await statusOf(contentId)).toBe('published');
    expect(await violation(violationId)).toEqual({ resolved_because: 'appeal', resolved: true });
    expect(
      await app.storage.sql('select reversed_because from statements_of_reasons where user_id = $1', [vic.id]),
    ).toEqual([{ reversed_because: 'appeal' }]);
    expect((await letters(vic)).filter((letter) => letter.startsWith('Your appeal was reviewed'))).toEqual([
      'Your appeal was reviewed and accepted. Reason: A habit among friends. If you want to appeal, open Appeals Center.',
    ]);
    const { active, historical } = await own(vic);
    expect(active).toEqual([]);
    expect(historical).toMatchObject([{ kind: 'timeout', endedBecause: 'appeal', about: { text: 'ihr Clowns' } }]);
  });

  it('lifts a strike from the queue and the closing for three with it', async () => {
    const vic = await app.signUp();
    const items = [await held(vic), await held(vic), await held(vic)];
    // By admins: three of one channel’s moderators close no account.
    await punish(items[0] ?? '', 'strike', ed);
    await punish(items[1] ?? '', 'strike', ed);
    await punish(items[2] ?? '', 'strike', mo);
    expect(await vic.call(accounts.getMe)).toMatchObject({ isBanned: true });
    const strike = (await own(vic)).active.find(({ kind }) => kind === 'strike');
    const id = await open(vic, { type: 'strike', id: strike?.id ?? '' });
    expect((await context(id)).consequences).toContainEqual(
      expect.objectContaining({ what: 'automatic_ban', undone: true }),
    );
    expect((await accept(id)).status).toBe(200);
    expect(await vic.call(accounts.getMe)).toMatchObject({ isBanned: false });
    expect((await letters(vic))[0]).toContain('your account is open again');
    expect(await statusOf((await contentOf(items[2] ?? '')).contentId)).toBe('published');
  });

  it('opens the channel again to whom it banned', async () => {
    const vic = await app.signUp();
    await punish(await held(vic), 'ban');
    const ban = await first(vic);
    expect(ban).toMatchObject({ kind: 'ban', channel: { displayName: 'Mira Voss' } });
    expect((await vic.attempt(livestreams.getLivestream, { params: { id: streamId as never } })).status).not.toBe(200);
    expect((await accept(await open(vic, { type: 'ban', id: ban.id }))).status).toBe(200);
    expect((await vic.attempt(livestreams.getLivestream, { params: { id: streamId as never } })).status).toBe(200);
  });

  it('against a blocked text publishes it at its place', async () => {
    const vic = await app.signUp();
    const contentId = await makeLine(app.storage, {
      streamId,
      channel: person(mira),
      author: person(vic),
      text: 'clowns',
      score: 0.9,
    });
    await app.storage.sql(`update stream_messages set status = 'blocked' where id = $1`, [contentId]);
    await makeLine(app.storage, {
      streamId,
      channel: person(mira),
      author: person(vic),
      text: 'hard to see',
      score: 0.7,
      category: 'hate',
    });
    await blockedViolation(vic.id, contentId);
    const item = await first(vic);
    expect(item).toMatchObject({ kind: 'violation', action: 'blocked', automatic: true, appealable: true });
    const id = await open(vic, { type: 'violation', id: item.id });
    const shown = await context(id);
    expect(shown.neighbours.find(({ isSubject }) => isSubject)).toMatchObject({
      id: contentId,
      text: 'clowns',
      veil: 'none',
    });
    expect(shown.neighbours.at(-1)).toMatchObject({ text: 'hard to see', veil: 'harsh' });
    expect(shown.violations).toMatchObject([
      { rule: 'insult', normalisedText: 'clowns', breakdown: { harassment: 0.9 } },
    ]);
    expect((await accept(id)).status).toBe(200);
    expect(await statusOf(contentId)).toBe('published');
  });

  it('leaves hidden what is hidden for another reason as well', async () => {
    const vic = await app.signUp();
    const itemId = await held(vic);
    await timeOut(itemId);
    const { contentId } = await contentOf(itemId);
    await blockedViolation(vic.id, contentId);
    const timeout = (await own(vic)).active.find(({ kind }) => kind === 'timeout');
    const id = await open(vic, { type: 'timeout', id: timeout?.id ?? '' });
    expect((await context(id)).consequences).toContainEqual(expect.objectContaining({ what: 'text', undone: false }));
    expect((await accept(id)).status).toBe(200);
    expect(await statusOf(contentId)).toBe('rejected');
  });

  it('is not by whoever decided any part of it, and never one’s own', async () => {
    const vic = await app.signUp();
    await timeOut(await held(vic), 10, ed);
    const id = await open(vic, { type: 'timeout', id: (await first(vic)).id });
    expect((await accept(id, ed)).problem?.code).toBe('not_allowed');
    expect((await context(id, ed)).appeal).toMatchObject({ mayReview: false, refusal: 'own_decision' });
    await timeOut(await held(ada), 10, ed);
    const adas = await open(ada, { type: 'timeout', id: (await first(ada)).id });
    expect((await ada.attempt(appealDesk.getAppealWithContext, { params: { id: adas } })).problem?.code).toBe(
      'own_content',
    );
    expect((await accept(adas, ada)).problem?.code).toBe('own_content');
  });
});

const blockedViolation = (userId: UserId, contentId: string) =>
  app.storage.sql(
    `insert into user_violations (id, user_id, source, source_type, content_id, stream_id, channel_id, content, normalised_text,
       risk_score, category, breakdown, classifier, classifier_version, rule, hold_at, block_at, action, created_at)
     values ($6, $2, 'auto', 'live', $1, $3, $4, 'clowns', 'clowns', 0.9, 'harassment', '{"harassment": 0.9}', 'rules', '3',
       'insult', 0.6, 0.85, 'blocked', $5)`,
    [contentId, userId, streamId, mira.id, new Date(), `v-${contentId}`],
  );

describe('two admins at once', () => {
  it('leave one decision, one notice and one audit event of fifty pairs each', async () => {
    const at = new Date();
    const numbers = 'generate_series(1, 50) n';
    await app.storage.sql(
      `insert into profiles (id, display_name, display_name_skeleton, created_at, updated_at)
       select 'pair' || n, 'Pair ' || n, 'pair-' || n, $1, $1 from ${numbers}`,
      [at],
    );
    await app.storage.sql(
      `insert into timed_out_users (id, channel_id, user_id, reason, created_at, expires_at)
       select 'pair' || n, $1, 'pair' || n, 'r', $2::timestamptz, $2::timestamptz + interval '30 days' from ${numbers}`,
      [mira.id, at],
    );
    await app.storage.sql(
      `insert into appeals (id, user_id, timeout_id, appeal_reason, created_at)
       select 'pair' || n, 'pair' || n, 'pair' || n, 'It was not me.', $1 from ${numbers}`,
      [at],
    );
    for (let batch = 0; batch < 5; batch++) {
      const ids = Array.from({ length: 10 }, (_, n) => `pair${batch * 10 + n + 1}`);
      for (const pair of await Promise.all(ids.map((id) => Promise.all([accept(id, ada), deny(id, ed)])))) {
        expect(pair.map(({ status }) => status).sort()).toEqual([200, 409]);
        expect(pair.find(({ status }) => status === 409)?.problem).toMatchObject({
          code: 'already_decided',
          detail: expect.stringMatching(/^(Ada|Ed) Admin (accepted|denied) this appeal before\.$/),
        });
      }
    }
    await app.settle();
    expect(
      await app.storage.sql(
        `select (select count(*)::int from appeals where id like 'pair%' and status = 'pending') as open,
           (select count(*)::int from notifications where user_id like 'pair%') as notices,
           (select count(*)::int from audit_index where entity = 'appeal' and entity_id like 'pair%') as events,
           (select count(*)::int from timed_out_users as t join appeals as a on a.timeout_id = t.id
             where t.id like 'pair%' and (t.lifted_at is not null) <> (a.status = 'approved')) as torn`,
      ),
    ).toEqual([{ open: 0, notices: 50, events: 50, torn: 0 }]);
  });

  it('and the end of the time itself: the appeal is accepted, and nothing ends twice', async () => {
    const vic = await app.signUp();
    await timeOut(await held(vic), 5);
    const timeout = await first(vic);
    const id = await open(vic, { type: 'timeout', id: timeout.id });
    const [accepted] = await Promise.all([accept(id), app.advance(5 * 60_000)]);
    expect(accepted.status).toBe(200);
    await app.settle();
    const ends = await app.storage.sql<{ type: string }>(
      `select type from audit_index where entity = 'profile' and entity_id = $1 and type in ('TIMEOUT_LIFTED', 'TIMEOUT_ENDED')`,
      [vic.id],
    );
    expect(ends).toHaveLength(1);
  });
});

describe('the hearing', () => {
  it('is a talk between two sides: told once for what nobody has read, closed with the decision', async () => {
    const vic = await app.signUp({ name: 'Vic' });
    await ed.call(penalties.banUser, { params: { id: vic.id }, body: { reason: 'Fake giveaways.' } });
    const id = await open(vic, { type: 'penalty', id: (await first(vic)).id });
    const ask = (message: string, by = ada) =>
      by.attempt(appealDesk.askInAppeal, { params: { id }, body: { message } });
    const answer = (message: string, by = vic) =>
      by.attempt(appeals.answerInAppeal, { params: { id }, body: { message } });
    expect((await ask('Which film?', ed)).problem?.code).toBe('not_allowed');
    expect((await ask('Which film?')).status).toBe(201);
    expect((await ask('And at which minute?')).status).toBe(201);
    const told = async (who: SignedIn, kind: string) =>
      (await who.call(notifications.listNotifications)).items.filter((notice) => notice.kind === kind).length;
    expect(await told(vic, 'appeal_question')).toBe(1);
    const seen = await vic.call(appeals.getUserAppeal, { params: { id } });
    expect(seen.messages.map(({ message, side }) => [side, message])).toEqual([
      ['admin', 'Which film?'],
      ['admin', 'And at which minute?'],
    ]);
    expect(JSON.stringify(seen)).not.toContain(ada.id);
    expect(await vic.call(appeals.readAppealMessages, { params: { id } })).toEqual({ read: 2 });
    expect(await vic.call(appeals.readAppealMessages, { params: { id } })).toEqual({ read: 0 });
    // The banned may answer: it is their hearing.
    expect((await answer('Some like it hot.')).status).toBe(201);
    expect((await answer('Minute twelve.')).status).toBe(201);
    expect(await told(ada, 'appeal_answer')).toBe(1);
    expect((await ask('Thank you.')).status).toBe(201);
    expect(await told(vic, 'appeal_question')).toBe(2);
    const { appeal, messages } = await context(id);
    expect(appeal).toMatchObject({ messages: 5, unread: 2 });
    expect(messages.map(({ author }) => author?.displayName)).toEqual([
      'Ada Admin',
      'Ada Admin',
      'Vic',
      'Vic',
      'Ada Admin',
    ]);
    expect(await ada.call(appealDesk.readAppealAnswers, { params: { id } })).toEqual({ read: 2 });
    const stranger = await app.signUp();
    expect((await answer('Me too!', stranger)).problem?.code).toBe('not_found');
    expect((await stranger.attempt(appeals.getUserAppeal, { params: { id } })).problem?.code).toBe('not_found');
    expect((await deny(id)).status).toBe(200);
    expect((await answer('But…')).problem?.code).toBe('already_decided');
    expect((await ask('One more.')).problem?.code).toBe('already_decided');
  });

  it('keeps what admins note to admins: out of the appeal, the copy of data, and gone with the person', async () => {
    const vic = await app.signUp();
    await timeOut(await held(vic), 60);
    const id = await open(vic, { type: 'timeout', id: (await first(vic)).id });
    const note = 'Ask Mira before deciding.';
    await ada.call(appealDesk.noteOnAppeal, { params: { id }, body: { note } });
    await ada.call(appealDesk.denyAppeal, {
      params: { id },
      body: { resolution: 'It stays.', notes: 'Third time this month.' },
    });
    expect((await context(id)).notes.map((each) => each.note)).toEqual([note, 'Third time this month.']);
    const theirs = [await vic.call(appeals.getUserAppeal, { params: { id } }), await own(vic), await letters(vic)];
    expect(JSON.stringify(theirs)).not.toMatch(/Ask Mira|Third time/);
    const line = DATA_MAP.filter(({ table }) => table === 'appeal_notes');
    expect(line).toMatchObject([{ exported: [], erasure: { how: 'delete' } }]);
  });
});

describe('overturned decisions', () => {
  it('are counted by category, rule and decider, with how sure that is, and as a file', async () => {
    const rates = await ada.call(appealDesk.getOverturnRates);
    expect(rates.all.heard).toBeGreaterThanOrEqual(55);
    expect(rates.all.overturned).toBeLessThanOrEqual(rates.all.heard);
    const harassment = rates.byCategory.find(({ key }) => key === 'harassment');
    expect(harassment?.overturned).toBeGreaterThanOrEqual(5);
    expect(harassment?.decisions).toBeGreaterThanOrEqual(harassment?.overturned ?? 0);
    expect(rates.byModerator.find(({ person: who }) => who?.displayName === 'Mo')).toMatchObject({ key: mo.id });
    expect(rates.byRule).toContainEqual(expect.objectContaining({ key: 'insult', heard: 1, overturned: 1, rate: 1 }));
    for (const { high, low, rate } of [rates.all, ...rates.byCategory]) {
      if (rate !== null)
        expect([low, rate, high]).toEqual([low, rate, high].sort((one, two) => (one ?? 0) - (two ?? 0)));
    }
    const empty = await ada.call(appealDesk.getOverturnRates, {
      query: { from: '2020-01-01T00:00:00.000Z', to: '2020-02-01T00:00:00.000Z' },
    });
    expect(empty).toMatchObject({ all: { heard: 0, rate: null }, byCategory: [], byModerator: [] });
    const file = await ada.fetch('/api/admin/appeals/rates/export');
    expect(file.headers.get('content-type')).toContain('text/csv');
    const text = await file.text();
    expect(text.split('\n')[0]).toContain('overturned');
    expect(text).toContain('Mo');
    expect((await mo.attempt(appealDesk.getOverturnRates)).problem?.code).toBe('not_allowed');
  });
});
