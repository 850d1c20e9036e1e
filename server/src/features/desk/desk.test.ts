import { desk, type UserId } from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillQueue, HAND_FILTERED, MODERATORS, ONE_PAGE } from '../../../test/bench/review-queue-sql.ts';
import { makeStream } from '../../../test/kit/chat-server.ts';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { makePerson } from '../../../test/kit/people.ts';
import { makeLine, makeModerator, makeReviewItem } from '../../../test/kit/review-items.ts';
import type { Person } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { MediaRefusal } from '../../media/engine.ts';
import { claimItem, releaseItem } from './claim-item.ts';
import type { DeskDeps } from './deps.ts';
import { getModeratorReviewQueue } from './get-moderator-review-queue.ts';
import { getReviewItem } from './get-review-item.ts';
import { noteBreak, noteLook } from './note-look.ts';
import { changeDesk, changeDeskDefaults, getDesk } from './set-up-desk.ts';

let db: TestDatabase;
let deps: DeskDeps;
let aheadMs = 0;
const people = {} as Record<'mira' | 'ana' | 'ben' | 'other' | 'vic' | 'stan' | 'ed', Person>;
let streamId: string;

beforeAll(async () => {
  db = await testDatabase();
  deps = {
    database: db.database,
    clock: { now: () => new Date(Date.now() + aheadMs) },
    engine: {
      clip: () => Promise.reject(new MediaRefusal('not_found', 'nothing')),
      stats: () => Promise.reject(new MediaRefusal('not_found', 'nothing')),
    },
    getVideo: () => Promise.reject(new AppError('not_found')),
    rulesOnly: () => false,
  };
  for (const name of ['mira', 'ana', 'ben', 'other', 'vic'] as const) people[name] = await makePerson(db, name);
  people.stan = await makePerson(db, 'stan', 'moderator');
  people.ed = await makePerson(db, 'ed', 'admin');
  await makeModerator(db, people.mira, people.ana);
  await makeModerator(db, people.mira, people.ben);
  streamId = await makeStream(db, people.mira);
});
afterAll(() => db.drop());

const inChat = (fields: Partial<Parameters<typeof makeReviewItem>[1]> = {}) =>
  makeReviewItem(db, { author: people.vic, channel: people.mira, streamId, ...fields });
const clear = () => db.sql('delete from moderator_review_queue');

async function queueOf(who: Person, query: Record<string, unknown> = {}) {
  return getModeratorReviewQueue(deps, who, desk.getQueue.query.parse(query));
}
const idsOf = async (who: Person, query: Record<string, unknown> = {}) =>
  (await queueOf(who, query)).items.map(({ id }) => id);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

/** Pages are in order; groups come as they come. */
const asSet = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();

describe('the queue', () => {
  test('shows each moderator only what is of their channels or assigned to them, by row security alone', async () => {
    await clear();
    const atMira = await inChat();
    const atOther = await makeReviewItem(db, { author: people.vic, channel: people.other });
    const toStan = await makeReviewItem(db, { author: people.vic, source: 'comment', assignedTo: people.stan });
    const toNobody = await makeReviewItem(db, { author: people.vic, source: 'comment' });
    expect(await idsOf(people.mira)).toEqual([atMira]);
    expect(await idsOf(people.ana)).toEqual([atMira]);
    expect(await idsOf(people.other)).toEqual([atOther]);
    expect(await idsOf(people.stan)).toEqual([toStan]);
    expect(await idsOf(people.vic)).toEqual([]);
    expect(new Set(await idsOf(people.ed))).toEqual(new Set([atMira, atOther, toStan, toNobody]));
    // The same in plain SQL, without any of our queries.
    const { rows } = await db.database.asActor(people.ana, (tx) => tx.execute('select id from moderator_review_queue'));
    expect(rows).toEqual([{ id: atMira }]);
    expect(await codeOf(getReviewItem(deps, people.ana, atOther))).toBe('not_found');
    expect(await codeOf(claimItem(deps, people.ana, toStan))).toBe('not_found');
  });

  test('never shows a moderator what they wrote themselves', async () => {
    await clear();
    await inChat({ author: people.ana });
    expect(await idsOf(people.ana)).toEqual([]);
    expect(await idsOf(people.ben)).toHaveLength(1);
  });

  test('puts what concerns minors first, then the highest risk, or what has waited longest', async () => {
    await clear();
    const low = await inChat({ score: 0.61 });
    const high = await inChat({ score: 0.84 });
    const minors = await inChat({ score: 0.6, category: 'minors' });
    expect(await idsOf(people.ana)).toEqual([minors, high, low]);
    expect(await idsOf(people.ana, { sort: 'oldest' })).toEqual([minors, low, high]);
  });

  test('is read on from the same place while items leave it', async () => {
    await clear();
    for (let item = 0; item < 9; item += 1) await inChat({ score: 0.6 + (item % 3) / 20 });
    for (const sort of ['risk', 'oldest'] as const) {
      const whole = await idsOf(people.ana, { sort });
      const first = await queueOf(people.ana, { sort, limit: 4 });
      expect(first.items.map(({ id }) => id)).toEqual(whole.slice(0, 4));
      // The last one of the page leaves, and one before it.
      const gone = [first.items[1]?.id, first.items[3]?.id];
      await db.sql('update moderator_review_queue set claimed_by = null where id = any($1)', [gone]);
      await db.sql(
        `update moderator_review_queue set resolution_status = 'approved', resolution_timestamp = now() where id = any($1)`,
        [gone],
      );
      expect(await idsOf(people.ana, { sort, cursor: first.nextCursor })).toEqual(whole.slice(4));
      await db.sql(
        `update moderator_review_queue set resolution_status = 'pending', resolution_timestamp = null where id = any($1)`,
        [gone],
      );
    }
  });

  test('is narrowed by category, source, stream, status, claim, finder and words, with counts of the rest', async () => {
    await clear();
    const hate = await inChat({ category: 'hate', text: 'Grüße an alle' });
    const spam = await inChat({ category: 'spam', byPeople: true });
    const comment = await makeReviewItem(db, { author: people.vic, channel: people.mira, source: 'comment' });
    expect(await idsOf(people.ana, { category: 'hate' })).toEqual([hate]);
    expect(await idsOf(people.ana, { source: 'comment' })).toEqual([comment]);
    expect(new Set(await idsOf(people.ana, { streamId }))).toEqual(new Set([hate, spam]));
    expect(await idsOf(people.ana, { channelId: people.other.userId })).toEqual([]);
    expect(await idsOf(people.ana, { found: 'people' })).toEqual([spam]);
    expect(await idsOf(people.ana, { q: 'grüsse' })).toEqual([]);
    expect(await idsOf(people.ana, { q: 'GRÜßE' })).toEqual([hate]);
    expect(await idsOf(people.ana, { q: 'VIC' })).toHaveLength(3);
    expect(await idsOf(people.ana, { status: 'approved' })).toEqual([]);
    await claimItem(deps, people.ana, hate);
    expect(await idsOf(people.ana, { claim: 'mine' })).toEqual([hate]);
    expect(await idsOf(people.ben, { claim: 'others' })).toEqual([hate]);
    expect(new Set(await idsOf(people.ben, { claim: 'free' }))).toEqual(new Set([spam, comment]));
    const { counts } = await queueOf(people.ana, { category: 'hate' });
    expect(counts).toEqual({
      all: 1,
      category: { hate: 1, spam: 1, harassment: 1 },
      source: { live: 1 },
    });
  });
});

describe('a long queue', () => {
  test('is the same by row security as with the channels written into the query by hand', async () => {
    await clear();
    await fillQueue({ query: (text, values) => db.sql(text, values) }, 1500);
    for (const { id } of MODERATORS) {
      const moderator = { kind: 'person', userId: id as string as UserId, role: 'user' } as const;
      for (const read of ['riskiest', 'oldest', 'counts'] as const) {
        const { rows } = await db.database.asActor(moderator, (tx) => tx.execute(ONE_PAGE[read]));
        const byHand = await db.sql(HAND_FILTERED[read], [id]);
        expect([id, read, asSet(rows)]).toEqual([id, read, asSet(byHand)]);
        expect(rows.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('one item', () => {
  test('comes with its neighbours, its scores with the thresholds of that moment, and its author’s standing', async () => {
    await clear();
    const author = await makePerson(db, 'klangbruder');
    await db.sql(`insert into channel_members (channel_id, user_id, role, since) values ($1, $2, 'patron', now())`, [
      people.mira.userId,
      author.userId,
    ]);
    const stream = await makeStream(db, people.other);
    await makeModerator(db, people.other, people.ana);
    const line = { streamId: stream, channel: people.other, author: people.vic };
    for (let before = 0; before < 25; before += 1) await makeLine(db, { ...line, text: `before ${before}` });
    const id = await makeReviewItem(db, { author, channel: people.other, streamId: stream, text: 'Ihr Clowns' });
    for (let after = 0; after < 3; after += 1) await makeLine(db, { ...line, text: `after ${after}` });

    const details = await getReviewItem(deps, people.ana, id);
    expect(details.text).toBe('Ihr Clowns');
    expect(details.item.thresholds).toEqual({ hold: expect.closeTo(0.55), block: expect.closeTo(0.8) });
    expect(details.score).toMatchObject({
      classifier: 'rules',
      version: '3',
      rule: 'insult',
      normalised: 'ihr clowns',
    });
    expect(details.score?.breakdown).toEqual({ harassment: 0.72, spam: 0.1 });
    expect(details.neighbours).toHaveLength(desk.NEIGHBOURS + 1 + 3);
    expect(details.neighbours.map(({ isSubject }) => isSubject).indexOf(true)).toBe(desk.NEIGHBOURS);
    expect(details.neighbours.at(0)?.text).toBe('before 5');
    expect(details.neighbours.at(-1)?.text).toBe('after 2');
    expect(details.surroundings.linesEach2s.reduce((sum, lines) => sum + lines, 0)).toBe(29);
    expect(details.author).toMatchObject({ roles: [], activeStrikes: 0, lines: 1, isBannedFromChannel: false });
    expect(details.moment).toEqual({ kind: 'none', because: 'no_media' });
    expect(details.mayDecide).toEqual({ allowed: true, againstAuthor: true, bansFromChannel: true });
  });

  test('tells how many reported it and why, and not who', async () => {
    await clear();
    const id = await inChat({ byPeople: true });
    const [item] = await db.sql<{ content_id: string }>('select content_id from moderator_review_queue where id = $1', [
      id,
    ]);
    await db.sql(
      `insert into reports (id, subject_type, subject_id, reason, voices, created_at) values ('r1', 'message', $1, 'hate', 2, now())`,
      [item?.content_id],
    );
    await db.sql(
      `insert into report_voices (id, report_id, reporter_id, reason, created_at)
       values ('v1', 'r1', $1, 'hate', now()), ('v2', 'r1', $2, 'spam', now())`,
      [people.stan.userId, people.other.userId],
    );
    const details = await getReviewItem(deps, people.ana, id);
    expect(details.reports).toEqual({ voices: 2, reasons: { hate: 1, spam: 1 } });
    expect(details.item).toMatchObject({ foundByClassifier: false, voices: 2 });
    expect(JSON.stringify(details)).not.toContain(people.stan.userId);
  });

  test('shows what this channel decided before, and nothing of other channels', async () => {
    await clear();
    const author = await makePerson(db, 'regular');
    const timeout = (channel: Person, reason: string) =>
      db.sql(
        `insert into timed_out_users (id, channel_id, user_id, moderator_id, reason, created_at, expires_at)
         values ($1, $2, $3, $4, $1, now() - interval '1 hour', now() - interval '50 minutes')`,
        [reason, channel.userId, author.userId, people.ana.userId],
      );
    await timeout(people.mira, 'Name-calling');
    await timeout(people.other, 'elsewhere');
    const id = await inChat({ author });
    const { author: standing } = await getReviewItem(deps, people.ana, id);
    expect(standing.earlier).toEqual([
      expect.objectContaining({ kind: 'timeout', minutes: 10, reason: 'Name-calling', undone: false }),
    ]);
    expect(standing.earlier[0]?.by?.displayName).toBe('ana');
  });

  test('shows what the platform decided to admins alone, whoever else reads it', async () => {
    await clear();
    const author = await makePerson(db, 'known elsewhere');
    await db.sql(
      `insert into admin_penalties (id, user_id, severity, reason, issued_by, issued_at, expires_at, duration_hours,
         is_active, cause)
       values ('p', $1, 'temporary', 'told to admins', $2, now(), now() + interval '24 hours', 24, true, 'decision')`,
      [author.userId, people.ed.userId],
    );
    await db.sql(
      `insert into content_safety_strikes (id, user_id, reason, source_kind, source_id, issued_by, issued_at, issued_on,
         expires_at)
       values ('s', $1, 'claimed by a rights holder', 'dmca', 'd', $2, now(), now(), now() + interval '90 days')`,
      [author.userId, people.ed.userId],
    );
    const [inRoom, assigned] = [
      await inChat({ author }),
      await makeReviewItem(db, { author, source: 'comment', assignedTo: people.stan }),
    ];
    const earlier = async (who: Person, id: typeof inRoom) =>
      (await getReviewItem(deps, who, id)).author.earlier.map(({ kind }) => kind).sort();
    expect(await earlier(people.ed, inRoom)).toEqual(['penalty', 'strike']);
    for (const who of [people.mira, people.ana]) expect(await earlier(who, inRoom)).toEqual([]);
    expect(await earlier(people.stan, assigned)).toEqual([]);
  });

  test('may be published by a moderator, but nothing done against another moderator', async () => {
    await clear();
    const id = await inChat({ author: people.ben });
    expect((await getReviewItem(deps, people.ana, id)).mayDecide).toMatchObject({
      allowed: true,
      againstAuthor: false,
    });
    expect((await getReviewItem(deps, people.mira, id)).mayDecide).toMatchObject({
      allowed: true,
      againstAuthor: true,
    });
  });
});

describe('a claim', () => {
  test('of two at once is one person’s, and the other is told whose', async () => {
    await clear();
    const id = await inChat();
    const outcomes = await Promise.allSettled([claimItem(deps, people.ana, id), claimItem(deps, people.ben, id)]);
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect([won.length, lost.length]).toEqual([1, 1]);
    const holder = won[0]?.value.claim.by.displayName;
    expect(lost[0]?.reason).toMatchObject({ code: 'already_decided', message: `${holder} is working on it.` });
  });

  test('ends after five minutes without a sign of life, by the clock, and is kept by one', async () => {
    await clear();
    const id = await inChat();
    const first = await claimItem(deps, people.ana, id);
    aheadMs += 4 * 60_000;
    const renewed = await claimItem(deps, people.ana, id);
    expect(renewed.claim.at).toBe(first.claim.at);
    aheadMs += 4 * 60_000;
    expect(await codeOf(claimItem(deps, people.ben, id))).toBe('already_decided');
    aheadMs += 61_000;
    expect((await queueOf(people.ben)).items[0]?.claim).toBeNull();
    expect((await claimItem(deps, people.ben, id)).claim.by.displayName).toBe('ben');
  });

  test('is given back by its holder alone', async () => {
    await clear();
    const id = await inChat();
    await claimItem(deps, people.ana, id);
    await releaseItem(deps, people.ben, id);
    expect((await queueOf(people.ben)).items[0]?.claim?.by.displayName).toBe('ana');
    await releaseItem(deps, people.ana, id);
    expect((await queueOf(people.ben)).items[0]?.claim).toBeNull();
  });

  test('is refused on what was decided, saying by whom', async () => {
    await clear();
    const id = await inChat();
    await db.sql(
      `update moderator_review_queue set resolution_status = 'approved', resolution_timestamp = now(), resolved_by = $2 where id = $1`,
      [id, people.ben.userId],
    );
    await expect(claimItem(deps, people.ana, id)).rejects.toMatchObject({
      code: 'already_decided',
      message: 'ben approved it.',
    });
  });
});

describe('exposure', () => {
  test('counts each harsh item once a shift, suggests a break after twenty, and is nobody else’s to read', async () => {
    await clear();
    const seen = (who: Person) =>
      db.database.asActor(who, (tx) => tx.execute('select * from desk_looks')).then(({ rows }) => rows.length);
    await noteLook(deps, people.ben, await inChat({ category: 'harassment' }));
    expect(await seen(people.ben)).toBe(0);
    // Harsh is also what stands beside it and can be looked at there.
    const beside = { streamId, channel: people.mira, author: people.vic, text: 'beside' };
    const line = await makeLine(db, { ...beside, category: 'hate', score: 0.7 });
    await noteLook(deps, people.ben, await inChat({ category: 'harassment' }));
    expect(await seen(people.ben)).toBe(1);
    await db.sql('delete from desk_looks');
    await db.sql('delete from stream_messages where id = $1', [line]);
    for (let look = 0; look < 20; look += 1) {
      const id = await inChat({ category: 'hate' });
      await noteLook(deps, people.ben, id);
      const { exposure } = await noteLook(deps, people.ben, id);
      expect([exposure.harshLooks, exposure.suggestion]).toEqual([look + 1, look === 19 ? 'looks' : null]);
    }
    expect((await noteBreak(deps, people.ben)).exposure).toMatchObject({ harshLooks: 20, suggestion: null });
    expect([await seen(people.ben), await seen(people.ana), await seen(people.ed)]).toEqual([20, 0, 0]);
    // Half an hour of something else, and it begins anew.
    aheadMs += 31 * 60_000;
    const { exposure } = await noteLook(deps, people.ben, await inChat({ category: 'sexual' }));
    expect(exposure.harshLooks).toBe(1);
    expect(await seen(people.ben)).toBe(1);
  });
});

describe('settings', () => {
  test('are one’s own, then the instance’s, then the product’s', async () => {
    const keys = { ...desk.STANDARD_PREFERENCES.keys, approve: 'y' };
    await changeDeskDefaults(deps, people.ed, { greyscale: true, sort: 'oldest' });
    await changeDesk(deps, people.ana, { keys, sort: 'risk' });
    expect(await getDesk(deps, people.ana)).toMatchObject({
      isModerator: true,
      own: ['keys', 'sort'],
      preferences: { greyscale: true, sort: 'risk', veil: true, keys: { approve: 'y', reject: 'r' } },
    });
    const given = await changeDesk(deps, people.ana, { reset: ['sort', 'keys'] });
    expect(given).toMatchObject({ own: [], preferences: { sort: 'oldest', keys: { approve: 'a' } } });
    expect(await getDesk(deps, people.vic)).toMatchObject({ isModerator: false, pending: 0 });
    await changeDeskDefaults(deps, people.ed, { reset: ['greyscale', 'sort'] });
  });

  test('refuse a key that two acts would share', async () => {
    const keys = { ...desk.STANDARD_PREFERENCES.keys, approve: 'R' };
    await expect(changeDesk(deps, people.ana, { keys })).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ path: 'keys.approve' }, { path: 'keys.reject' }] },
    });
  });
});
