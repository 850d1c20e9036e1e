/** Comments over HTTP and sockets, on the whole server: who sees what, what follows a score, a decision and a report. */
import { channels, comments, reports, strikes, videos } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';
import { removeContent, restoreContent } from '../removals/index.ts';
import { heldComments } from './index.ts';

let app: TestApp;
let owner: SignedIn;
let moderator: SignedIn;
let ana: SignedIn;
let ben: SignedIn;
let admin: SignedIn;
beforeAll(async () => {
  app = await testApp();
  owner = await app.signUp({ name: 'Mira', tier: 'premium' });
  moderator = await app.signUp({ name: 'Mo' });
  ana = await app.signUp({ name: 'Ana' });
  ben = await app.signUp({ name: 'Ben' });
  admin = await app.signUp({ name: 'Ed', role: 'admin' });
  await owner.call(channels.moderatorGrants.grant, { params: { id: owner.id, userId: moderator.id } });
}, 60_000);
afterAll(() => app.close());

async function recording(fields: { isPublic?: boolean; patronOnly?: boolean } = {}): Promise<string> {
  const id = uuidv7();
  await app.storage.sql(
    `insert into videos (id, channel_id, title, dante_realm, duration_ms, size_bytes, file_key, is_public, patron_only, created_at, updated_at)
     values ($1, $2, 'The evening', 'inferno', 1000, 10, 'x.mp4', $3, $4, now(), now())`,
    [id, owner.id, fields.isPublic ?? true, fields.patronOnly ?? false],
  );
  return id;
}
const write = (who: SignedIn, id: string, message: string, clientId?: string) =>
  who.call(comments.writeComment, {
    params: { id },
    body: { message, ...(clientId === undefined ? {} : { clientId }) },
  });
const refused = async (who: SignedIn, id: string, message = 'x') =>
  (await who.attempt(comments.writeComment, { params: { id }, body: { message } })).problem?.code;
const list = (who: Pick<SignedIn, 'call'>, id: string) => who.call(comments.listComments, { params: { id } });
const texts = async (who: Pick<SignedIn, 'call'>, id: string) =>
  (await list(who, id)).items.map(({ message, status }) => (status === 'held' ? `${message} (held)` : message));
const remove = (who: SignedIn, id: string, commentId: string) =>
  who.attempt(comments.removeComment, { params: { id, commentId } });

describe('comments under a recording', () => {
  test('are there for everybody, newest first, page by page, with how many there are', async () => {
    const id = await recording();
    for (const n of [1, 2, 3]) await write(ana, id, `Comment ${n}`);
    const first = await app.guest().call(comments.listComments, { params: { id }, query: { limit: 2 } });
    expect(first).toMatchObject({ count: 3, open: true, me: { mayWrite: false, moderates: false } });
    expect(first.items.map(({ message }) => message)).toEqual(['Comment 3', 'Comment 2']);
    const query = { limit: 2, cursor: first.nextCursor ?? '' };
    const second = await ben.call(comments.listComments, { params: { id }, query });
    expect(second.items.map(({ author, message }) => [author.displayName, message])).toEqual([['Ana', 'Comment 1']]);
    expect(second.me.mayWrite).toBe(true);
  });

  test('are seen by whoever sees the recording, and by nobody else', async () => {
    const hidden = await recording({ isPublic: false });
    await write(owner, hidden, 'For ourselves');
    expect(await texts(moderator, hidden)).toEqual(['For ourselves']);
    expect((await ana.attempt(comments.listComments, { params: { id: hidden } })).problem?.code).toBe('not_found');
    expect(await refused(ana, hidden)).toBe('not_found');
    const forPatrons = await recording({ isPublic: false, patronOnly: true });
    expect((await ana.attempt(comments.listComments, { params: { id: forPatrons } })).problem?.code).toBe(
      'patron_required',
    );
    expect(await refused(ana, forPatrons)).toBe('patron_required');
  });

  test('sent twice under one client id are one, also at the same moment', async () => {
    const id = await recording();
    const answers = await Promise.all(Array.from({ length: 6 }, () => write(ana, id, 'Once', 'a-client-id')));
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(await texts(ben, id)).toEqual(['Once']);
  });

  test('are held from 0.60 and blocked from 0.85; only the author and the channel’s people see a held one', async () => {
    const id = await recording();
    const scored = (score: string, category = 'hate') => write(ana, id, `[[score=${score} category=${category}]]`);
    expect((await scored('0.5999')).status).toBe('published');
    const held = await scored('0.60');
    expect(held).toMatchObject({ status: 'held', comment: { status: 'held' } });
    expect((await scored('0.8499')).status).toBe('held');
    expect(await scored('0.85')).toMatchObject({ status: 'blocked', comment: null });
    expect((await scored('0.99', 'toxicity')).status).toBe('held');

    for (const who of [ana, owner, moderator, admin]) expect((await texts(who, id)).length).toBe(4);
    for (const who of [ben, app.guest()]) expect((await texts(who, id)).length).toBe(1);
    expect((await list(ben, id)).count).toBe(1);
    const found = await app.storage.sql<{ source_type: string; video_id: string; channel_id: string | null }>(
      'select source_type, video_id, channel_id from moderator_review_queue where content_id = $1',
      [held.id],
    );
    expect(found).toEqual([{ source_type: 'comment', video_id: id, channel_id: null }]);
    const notices = await app.storage.sql<{ kind: string; n: number }>(
      'select kind, count(*)::int as n from notifications where user_id = $1 group by kind order by kind',
      [ana.id],
    );
    expect(notices).toEqual([
      { kind: 'comment_blocked', n: 1 },
      { kind: 'comment_held', n: 3 },
    ]);
  });

  test('that wait are published, rejected and taken back by whoever judges them', async () => {
    const id = await recording();
    const held = await write(ana, id, '[[score=0.7 category=hate]] later');
    const judge = <T>(work: (tx: Parameters<typeof heldComments.release>[0], at: Date) => Promise<T>) =>
      app.storage.database.asSystem('a test judges', (tx) => work(tx, new Date()));
    await judge((tx, at) => heldComments.release(tx, held.id, { at }));
    const [shown] = (await list(ben, id)).items;
    expect(shown).toMatchObject({ id: held.id, status: 'published', createdAt: held.comment?.createdAt });
    expect(shown?.approvedAt).not.toBeNull();
    await judge((tx, at) => heldComments.putBack(tx, held.id, 'held', { at }));
    expect(await texts(ben, id)).toEqual([]);
    expect((await list(ana, id)).items).toMatchObject([{ status: 'held', approvedAt: null }]);
    await judge((tx, at) => heldComments.hide(tx, held.id, { at }));
    expect(await texts(ana, id)).toEqual([]);
    // Deleted by its author in the meantime: no decision brings it back.
    await remove(ana, id, held.id);
    await judge((tx, at) => heldComments.release(tx, held.id, { at }));
    expect(await judge((tx) => heldComments.context(tx, held.id))).toBeNull();
    expect(await texts(ben, id)).toEqual([]);
  });

  test('go when their author deletes them, or the channel’s people clear them away, who tell the author', async () => {
    const id = await recording();
    const [mine, other] = [await write(ana, id, 'Mine'), await write(ana, id, 'Other')];
    expect((await remove(ben, id, mine.id)).problem?.code).toBe('not_allowed');
    expect((await remove(ana, id, mine.id)).problem).toBeNull();
    expect((await remove(ana, id, mine.id)).problem).toBeNull();
    expect((await remove(moderator, id, other.id)).problem).toBeNull();
    expect(await texts(ben, id)).toEqual([]);
    expect((await remove(ben, id, other.id)).problem?.code).toBe('not_found');
    const told = await app.storage.sql(
      `select 1 from notifications where user_id = $1 and kind = 'comment_cleared' and data->>'commentId' = $2`,
      [ana.id, other.id],
    );
    expect(told).toHaveLength(1);
    const ofModerator = await write(moderator, id, 'From the team');
    expect((await remove(moderator, id, ofModerator.id)).problem).toBeNull();
  });

  test('are turned off by the creator: none are shown and none taken, until they are on again', async () => {
    const id = await recording();
    await write(ana, id, 'Before');
    const changed = await owner.call(videos.updateVideo, { params: { id }, body: { commentsOpen: false } });
    expect(changed.commentsOpen).toBe(false);
    expect(await list(ana, id)).toMatchObject({ items: [], count: 0, open: false, me: { mayWrite: false } });
    expect(await refused(ana, id)).toBe('not_allowed');
    expect(
      (await ana.attempt(videos.updateVideo, { params: { id }, body: { commentsOpen: true } })).problem?.code,
    ).toBe('not_allowed');
    await owner.call(videos.updateVideo, { params: { id }, body: { commentsOpen: true } });
    expect(await texts(ana, id)).toEqual(['Before']);
  });

  test('are not taken from people banned from the channel, nor from those timed out there', async () => {
    const id = await recording();
    const carl = await app.signUp({ name: 'Carl' });
    await app.storage.sql(
      `insert into timed_out_users (id, channel_id, user_id, reason, created_at, expires_at)
       values ($1, $2, $3, 'r', now(), now() + interval '1 hour')`,
      [uuidv7(), owner.id, carl.id],
    );
    expect(await refused(carl, id)).toBe('timed_out');
    await app.storage.sql(
      `insert into banned_viewers (id, channel_id, user_id, reason, created_at) values ($1, $2, $3, 'r', now())`,
      [uuidv7(), owner.id, carl.id],
    );
    expect(await refused(carl, id)).toBe('banned');
  });

  test('are removed for a report that an admin approves, and come back when the strike is lifted', async () => {
    const id = await recording();
    const dora = await app.signUp({ name: 'Dora' });
    const bad = await write(dora, id, 'Buy my things');
    const report = await ben.call(reports.createReport, {
      body: { subject: { type: 'comment', id: bad.id }, reason: 'spam' },
    });
    expect(
      (await dora.attempt(reports.createReport, { body: { subject: { type: 'comment', id: bad.id }, reason: 'spam' } }))
        .problem?.code,
    ).toBe('own_content');
    const details = await admin.call(reports.getReport, { params: { id: report.id } });
    expect(details.context).toMatchObject({ type: 'comment', videoId: id, lines: [{ isSubject: true }] });
    expect(details.report.title).toBe('Buy my things');
    const decided = await admin.call(reports.resolveReport, {
      params: { id: report.id },
      body: { decision: 'approved', reason: 'Advertising' },
    });
    expect(await texts(ben, id)).toEqual([]);
    const [statement] = await app.storage.sql<{ subject_type: string; restriction: string }>(
      'select subject_type, restriction from statements_of_reasons where user_id = $1',
      [dora.id],
    );
    expect(statement).toEqual({ subject_type: 'comment', restriction: 'message_removed' });
    await admin.call(strikes.decideStrikeAppeal, {
      params: { id: decided.strike?.id ?? '' },
      body: { decision: 'accepted', reason: 'A joke' },
    });
    await app.settle();
    expect(await texts(ben, id)).toEqual(['Buy my things']);
  });

  test('that one decision removed and another lets pass come back passed, and what their author deleted does not', async () => {
    const id = await recording();
    const [held, gone] = [
      await write(ana, id, '[[score=0.7 category=hate]] a'),
      await write(ana, id, '[[score=0.7 category=hate]] b'),
    ];
    const decision = (comment: { id: string }) => ({ kind: 'report', id: comment.id }) as const;
    await app.storage.database.asSystem('a test decides', async (tx) => {
      const at = new Date();
      for (const comment of [held, gone]) {
        const subject = { type: 'comment', id: comment.id } as const;
        await removeContent(tx, { subject, decision: decision(comment), by: admin.id, at });
        await heldComments.release(tx, comment.id, { at });
      }
    });
    await remove(ana, id, gone.id);
    expect(await texts(ben, id)).toEqual([]);
    await app.storage.database.asSystem('a test takes it back', async (tx) => {
      for (const comment of [held, gone]) await restoreContent(tx, { decision: decision(comment), at: new Date() });
    });
    expect(await texts(ben, id)).toEqual(['[[score=0.7 category=hate]] a']);
  });

  test('are counted live for whoever has the page open, and for nobody who may not see it', async () => {
    const id = await recording();
    const socket = ben.socket();
    const counts: number[] = [];
    socket.on('comments', (payload: { count: number }) => counts.push(payload.count));
    expect(await socket.emitWithAck('watch-comments', { videoId: id })).toEqual({ ok: true, count: 0 });
    const first = await write(ana, id, 'One');
    await expect.poll(() => counts.at(-1)).toBe(1);
    await remove(ana, id, first.id);
    await expect.poll(() => counts.at(-1)).toBe(0);
    const hidden = await recording({ isPublic: false });
    expect(await socket.emitWithAck('watch-comments', { videoId: hidden })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    socket.disconnect();
  });

  test('that their author deleted are kept a month for a report about them, and then gone', async () => {
    const id = await recording();
    const [deleted, kept] = [await write(ana, id, 'Deleted'), await write(ana, id, 'Kept')];
    await remove(ana, id, deleted.id);
    const ids = async () =>
      (await app.storage.sql<{ id: string }>('select id from video_comments where video_id = $1', [id])).map(
        (row) => row.id,
      );
    await app.advance(29 * 86_400_000);
    expect((await ids()).toSorted()).toEqual([deleted.id, kept.id].toSorted());
    await app.advance(3 * 86_400_000);
    expect(await ids()).toEqual([kept.id]);
  });
});
