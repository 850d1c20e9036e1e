import type { StreamId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiveKit, liveKit } from '../../../test/kit/live-kit.ts';
import type { Person } from '../../actor.ts';

let kit: LiveKit;
let creator: Person;
let viewer: Person;
let streamId: StreamId;
let patronStreamId: StreamId;
let number = 0;
beforeAll(async () => {
  kit = await liveKit();
  creator = await kit.person('Creator', { tier: 'pro' });
  viewer = await kit.person('Viewer');
  streamId = await kit.start(creator);
  patronStreamId = await kit.start(await kit.person('Exclusive', { tier: 'pro' }), { patronOnly: true });
});
afterAll(() => kit.close());

const report = (who: Person | null, type: string, id: string, fields: object = {}) =>
  kit.call(who, 'POST', '/api/v1/reports', { subject: { type, id }, reason: 'hate', ...fields });
const stored = async (subjectId: string) => {
  const reports = await kit.db.sql<{ id: string; voices: number; status: string }>(
    'select id, voices, status from reports where subject_id = $1 order by id',
    [subjectId],
  );
  const voices = await kit.db.sql(
    'select v.reporter_id from report_voices v join reports r on r.id = v.report_id where r.subject_id = $1',
    [subjectId],
  );
  return { reports, voices: voices.length };
};

async function writeMessage(author: Person, fields: { status?: string; stream?: StreamId; patronOnly?: boolean } = {}) {
  const id = uuidv7();
  const stream = fields.stream ?? streamId;
  await kit.db.sql(
    `insert into stream_messages (id, stream_id, channel_id, patron_only, user_id, display_name, message, dante_realm,
       seq, status, scored_by, created_at)
     select $1, s.id, s.channel_id, s.patron_only, $3, 'Someone', 'words', 'purgatorio', $4, $5, 'rules', now()
     from livestreams s where s.id = $2`,
    [id, stream, author.userId, ++number, fields.status ?? 'published'],
  );
  return id;
}

describe('reports of one thing', () => {
  test('are one report with a voice each; the same person’s second counts as the first', async () => {
    const path = `/api/v1/livestreams/${streamId}/report`;
    const first = await kit.call(viewer, 'POST', path, { reason: 'hate', description: 'At minute two.' });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      subject: { type: 'livestream', id: streamId },
      reason: 'hate',
      status: 'pending',
    });
    const again = await report(viewer, 'livestream', streamId, { reason: 'spam' });
    expect(again.body).toEqual(first.body);
    const other = await report(await kit.person('Another'), 'livestream', streamId, { reason: 'sexual' });
    expect(other.body).toMatchObject({ id: first.body.id, reason: 'sexual' });
    expect(await stored(streamId)).toMatchObject({ reports: [{ voices: 2, status: 'pending' }], voices: 2 });
  });

  test('count right when twenty people report at once', async () => {
    const target = await kit.person('Target');
    const people = await Promise.all(Array.from({ length: 20 }, (_, n) => kit.person(`Reporter ${n}`)));
    const answers = await Promise.all(
      people.flatMap((who) => [report(who, 'user', target.userId), report(who, 'user', target.userId)]),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await stored(target.userId)).toMatchObject({ reports: [{ voices: 20 }], voices: 20 });
  });

  test('begin anew once the first was decided', async () => {
    const target = await kit.person('Forgiven');
    const first = await report(viewer, 'user', target.userId);
    await kit.db.sql(`update reports set status = 'rejected' where id = $1`, [first.body.id]);
    const second = await report(viewer, 'user', target.userId);
    expect(second.body.id).not.toBe(first.body.id);
    expect((await stored(target.userId)).reports.map(({ status }) => status)).toEqual(['rejected', 'pending']);
  });
});

describe('a report is refused', () => {
  test('about oneself and one’s own', async () => {
    expect((await report(viewer, 'user', viewer.userId)).body.code).toBe('own_content');
    expect((await report(creator, 'livestream', streamId)).body.code).toBe('own_content');
    expect((await report(viewer, 'message', await writeMessage(viewer))).body.code).toBe('own_content');
  });

  test('from guests, about nothing, and in words nobody knows', async () => {
    expect((await report(null, 'user', viewer.userId)).body.code).toBe('sign_in_required');
    for (const type of ['livestream', 'video', 'message', 'comment', 'user']) {
      expect([type, (await report(viewer, type, 'nothing')).body.code]).toEqual([type, 'not_found']);
    }
    expect((await report(viewer, 'planet', 'earth')).body.code).toBe('invalid');
    expect((await report(viewer, 'user', creator.userId, { reason: 'boring' })).body.code).toBe('invalid');
  });

  test('about what the reporter cannot see', async () => {
    expect((await report(viewer, 'livestream', patronStreamId)).body.code).toBe('patron_required');
    const hidden = [
      await writeMessage(creator, { stream: patronStreamId }),
      await writeMessage(creator, { status: 'held' }),
      await writeMessage(creator, { status: 'blocked' }),
    ];
    for (const id of hidden) expect((await report(viewer, 'message', id)).body.code).toBe('not_found');
    expect((await report(viewer, 'message', await writeMessage(creator))).status).toBe(201);
  });
});
