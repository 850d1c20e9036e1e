/** A text that people reported waits twice, as a report and as an item: whoever decides first decides both. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeLine } from '../../../test/kit/review-items.ts';
import { type ReviewKit, reviewKit } from '../../../test/kit/review-kit.ts';
import type { Person } from '../../actor.ts';

let kit: ReviewKit;
let ben: Person;
let carla: Person;
beforeAll(async () => {
  kit = await reviewKit();
  ben = await kit.person('Ben');
  carla = await kit.person('Carla');
});
afterAll(() => kit.close());

const report = async (who: Person, id: string, reason = 'harassment') => {
  const answer = await kit.call(who, 'POST', '/api/v1/reports', { subject: { type: 'message', id }, reason });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.id as string;
};
const resolve = (who: Person, id: string, decision: string) =>
  kit.call(who, 'POST', `/api/admin/reports/${id}/resolve`, { decision, reason: 'Looked at' });
const itemOn = async (contentId: string) => {
  const rows = await kit.db.sql<{ id: string }>('select id from moderator_review_queue where content_id = $1', [
    contentId,
  ]);
  expect(rows).toHaveLength(1);
  return rows[0]?.id ?? '';
};
const lines = { written: 0 };
/** A published line that Ben reported. */
const reportedOf = async (author: Person, reason?: string) => {
  const at = kit.deps.clock.now();
  const line = { streamId: kit.streamId, channel: kit.owner, author, text: 'go away', score: 0.4, at } as const;
  const contentId = await makeLine(kit.db, line);
  const reportId = await report(ben, contentId, reason);
  return { author, contentId, reportId, id: await itemOn(contentId) };
};
const reported = async (reason?: string) => reportedOf(await kit.person(`Reported ${++lines.written}`), reason);
const outcomes = async (who: Person, reportId: string) =>
  (await kit.notices(who)).filter(({ data }) => data.reportId === reportId);
const reportStatus = async (id: string) =>
  (await kit.db.sql<{ status: string }>('select status from reports where id = $1', [id]))[0]?.status;

describe('a report of a line', () => {
  test('makes one item, however many report it; of minors it comes before everything else', async () => {
    const { author, contentId, id } = await reported();
    expect(await kit.item(id)).toMatchObject({
      user_id: author.userId,
      reported_by_ai: false,
      violation_id: null,
      source_type: 'live',
      content_preview: 'go away',
      category: 'harassment',
      channel_id: kit.owner.userId,
      stream_id: kit.streamId,
      heads_queue: false,
      resolution_status: 'pending',
    });
    await report(carla, contentId, 'minors');
    expect(await itemOn(contentId)).toBe(id);
    expect(await kit.item(id)).toMatchObject({ heads_queue: true, category: 'minors' });
  });

  test('of a person makes none, nor does one by somebody whose reports are set aside', async () => {
    const author = await kit.person('Somebody');
    const at = kit.deps.clock.now();
    const line = { streamId: kit.streamId, channel: kit.owner, author, text: 'hm', at } as const;
    const contentId = await makeLine(kit.db, line);
    const troll = await kit.person('Troll');
    await kit.db.sql(
      `insert into report_mutes (id, user_id, abusive_reports, created_at, ends_at) values ('m', $1, 3, $2, $3)`,
      [troll.userId, at, new Date(at.getTime() + 86_400_000)],
    );
    await report(troll, contentId);
    await kit.call(ben, 'POST', '/api/v1/reports', { subject: { type: 'user', id: author.userId }, reason: 'spam' });
    expect(await kit.count('moderator_review_queue where user_id = $1', author.userId)).toBe(0);
  });
});

describe('a moderator', () => {
  test('who rejects it takes the line away, blames its author, and the reporters hear so', async () => {
    const { author, contentId, id, reportId } = await reported();
    const { body } = await kit.decide(kit.mo, id, 'reject');
    expect(body).toMatchObject({ status: 'rejected', hidesText: true, resolvesReport: true });
    expect(await kit.item(id)).toMatchObject({ line: 'removed', action: 'rejected' });
    expect(await kit.count(`user_violations where content_id = $1 and source = 'report'`, contentId)).toBe(1);
    expect((await kit.notices(author)).map(({ kind, text }) => [kind, text])).toEqual([
      [
        'statement.message_rejected',
        'Your message has been permanently hidden. Reason: Insults. If you want to appeal, open Appeals Center.',
      ],
    ]);
    expect(await reportStatus(reportId)).toBe('approved');
    const told = await outcomes(ben, reportId);
    expect(told.map(({ kind, text }) => [kind, text])).toEqual([
      [
        'report_approved',
        'Thank you for reporting a chat message. A moderator looked at it and agreed: it was removed.',
      ],
    ]);
    expect([await kit.audited(id), await kit.audited(reportId)]).toEqual([['REVIEW_REJECTED'], ['REPORT_CREATED']]);
    expect((await resolve(kit.ana, reportId, 'rejected')).body).toMatchObject({
      code: 'already_decided',
      detail: expect.stringMatching(/^Mo Moderator approved this report/),
    });
  });

  test('of the channel who finds nothing wrong leaves the line, and the report to the admins', async () => {
    const { author, id, reportId } = await reported();
    expect((await kit.decide(kit.mo, id, 'approve')).body).toMatchObject({ status: 'approved', resolvesReport: false });
    expect(await kit.item(id)).toMatchObject({ line: 'published' });
    expect([await kit.notices(author), await reportStatus(reportId)]).toEqual([[], 'pending']);
    expect(await outcomes(ben, reportId)).toEqual([]);
    expect((await resolve(kit.ana, reportId, 'approved')).status).toBe(200);
    expect(await kit.item(id)).toMatchObject({ resolution_status: 'approved', line: 'removed' });
  });

  test('of the channel cannot make go away what people reported of its owner', async () => {
    const { id, reportId } = await reportedOf(kit.owner, 'minors');
    expect((await kit.decide(kit.mo, id, 'approve')).status).toBe(200);
    expect(await reportStatus(reportId)).toBe('pending');
  });

  test('of the platform who finds nothing wrong resolves the report, and writes to nobody but the reporters', async () => {
    const { author, id, reportId } = await reported();
    expect((await kit.decide(kit.ana, id, 'approve')).body).toMatchObject({ status: 'approved', resolvesReport: true });
    expect(await kit.item(id)).toMatchObject({ line: 'published' });
    expect([await kit.notices(author), await reportStatus(reportId)]).toEqual([[], 'rejected']);
    expect((await outcomes(ben, reportId)).map(({ kind }) => kind)).toEqual(['report_rejected']);
  });

  test('who takes it back opens the report again, with the voices and the item of both that came', async () => {
    const { contentId, id, reportId } = await reported();
    await kit.decide(kit.ana, id, 'approve', { reason: 'Harmless', undoable: true });
    // In the seconds between Carla finds no open report and begins another; her item is another too.
    const second = await report(carla, contentId, 'minors');
    expect(second).not.toBe(reportId);
    expect((await kit.decide(kit.ana, id, 'undo')).status).toBe(200);
    const rows = await kit.db.sql('select id, status, voices from reports where subject_id = $1', [contentId]);
    expect(rows).toEqual([{ id: reportId, status: 'pending', voices: 2 }]);
    expect(await itemOn(contentId)).toBe(id);
    expect(await kit.item(id)).toMatchObject({ resolution_status: 'pending', heads_queue: true, category: 'minors' });
    expect(await outcomes(ben, reportId)).toEqual([]);
    await kit.decide(kit.max, id, 'reject');
    for (const who of [ben, carla]) expect(await outcomes(who, reportId)).toHaveLength(1);
  });

  test('cannot take it back once the newer item of the same text is the admins’', async () => {
    const { contentId, id } = await reported();
    await kit.decide(kit.ana, id, 'approve', { reason: 'Harmless', undoable: true });
    await report(carla, contentId);
    const [newer] = await kit.db.sql<{ id: string }>(
      'select id from moderator_review_queue where content_id = $1 and id <> $2',
      [contentId, id],
    );
    await kit.decide(kit.mo, newer?.id ?? '', 'escalate', { trigger: 'threats' });
    expect((await kit.decide(kit.ana, id, 'undo')).body).toMatchObject({ code: 'already_decided' });
    expect(await kit.item(id)).toMatchObject({ resolution_status: 'approved' });
  });
});

describe('an admin who resolves the report', () => {
  test('decides the item: the line goes, one strike, one letter, one entry', async () => {
    const { author, id, reportId } = await reported();
    const { body } = await resolve(kit.ana, reportId, 'approved');
    expect(body.strike).toMatchObject({ number: 1 });
    expect(await kit.item(id)).toMatchObject({
      resolution_status: 'rejected',
      resolved_by: kit.ana.userId,
      line: 'removed',
      action: 'struck',
    });
    expect(await kit.notices(author)).toHaveLength(1);
    expect(await kit.audited(id)).toEqual([]);
    expect((await kit.decide(kit.mo, id, 'approve')).body.detail).toMatch(/^Ana Admin gave the author a strike/);
    const [action] = await kit.db.sql(
      'select kind, report_id, content_before from moderation_actions where item_id = $1',
      [id],
    );
    expect(action).toEqual({ kind: 'strike', report_id: reportId, content_before: 'published' });
  });

  test('and finds nothing wrong with a line that waited all the same publishes it, and its author is told', async () => {
    const { author, id } = await kit.held();
    const [row] = await kit.db.sql<{ content_id: string }>(
      'select content_id from moderator_review_queue where id = $1',
      [id],
    );
    const reportId = await report(kit.mo, row?.content_id ?? '');
    await resolve(kit.ana, reportId, 'rejected');
    expect(await kit.item(id)).toMatchObject({ resolution_status: 'approved', line: 'published' });
    expect((await kit.notices(author)).map(({ kind }) => kind)).toEqual(['message_approved']);
    expect(await kit.audited(reportId)).toEqual(['REPORT_CREATED', 'REPORT_RESOLVED']);
  });
});

test('moderator and admin at once, a dozen times: one decision, one letter, one word to the reporter', async () => {
  for (let round = 0; round < 12; round++) {
    const { author, id, reportId } = await reported();
    const [byItem, byReport] = await Promise.all([
      kit.decide(kit.mo, id, 'punish', { type: 'strike', reason: 'Insults' }),
      resolve(kit.ana, reportId, 'approved'),
    ]);
    expect([byItem.status, byReport.status].sort()).toEqual([200, 409]);
    expect([
      await kit.count('moderation_actions where item_id = $1', id),
      await kit.count('notifications where user_id = $1', author.userId),
      await kit.count('content_safety_strikes where user_id = $1', author.userId),
      await kit.count(
        `audit_outbox where type in ('REPORT_RESOLVED', 'PUNISHMENT_APPLIED') and entity_id in ($1, $2)`,
        id,
        reportId,
      ),
      (await outcomes(ben, reportId)).length,
    ]).toEqual([1, 1, 1, 1, 1]);
  }
});
