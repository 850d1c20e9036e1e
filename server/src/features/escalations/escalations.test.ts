import { type desk, escalations, messages, penalties, review, type UserId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';
import { makePerson } from '../../../test/kit/people.ts';
import { type ItemFields, makeLine, makeReviewItem } from '../../../test/kit/review-items.ts';
import type { Person } from '../../actor.ts';
import { issueStrike, liftStrike } from '../strikes/index.ts';

const HOUR = 3_600_000;
const APPEAL = 'If you want to appeal, open Appeals Center.';

let app: TestApp;
let ana: SignedIn;
let otto: SignedIn;
let owner: SignedIn;
let streamId: string;
beforeAll(async () => {
  app = await testApp();
  ana = await app.signUp({ role: 'admin', name: 'Ana' });
  otto = await app.signUp({ role: 'admin', name: 'Otto' });
  owner = await app.signUp({ tier: 'pro', name: 'Mira' });
  streamId = uuidv7();
  await app.storage.sql(
    `insert into livestreams (id, channel_id, title, is_active, media_state, started_at, ended_at, updated_at)
     values ($1, $2, 'The room', false, 'ended', now(), now(), now())`,
    [streamId, owner.id],
  );
});
afterAll(() => app.close());

const actor = ({ id }: { readonly id: UserId }, role: Person['role'] = 'user'): Person => ({
  kind: 'person',
  userId: id,
  role,
});
const now = () => app.app.clock.now();

/** A held line, of somebody new where nobody is named, passed on by the channel's owner. */
async function escalated(trigger: desk.EscalationTrigger = 'racism', fields: Partial<ItemFields> = {}) {
  const author = fields.author ?? (await makePerson(app.storage, `Author ${uuidv7()}`));
  const place = { channel: actor(owner), streamId, at: now() };
  const id = await makeReviewItem(app.storage, { ...place, ...fields, author });
  await owner.call(review.escalateItem, { params: { id }, body: { trigger, note: 'Please look.' } });
  return { id: id as string, author: { id: author.userId } };
}
/** The same, many at once and behind the features' backs. */
async function waiting(count: number) {
  const place = { channel: actor(owner), streamId, at: now() };
  const pairs = await Promise.all(
    Array.from({ length: count }, async () => {
      const author = await makePerson(app.storage, `Author ${uuidv7()}`);
      return { id: (await makeReviewItem(app.storage, { ...place, author })) as string, author: { id: author.userId } };
    }),
  );
  await app.storage.sql(
    `update moderator_review_queue set resolution_status = 'escalated', escalated_by = $2, escalated_at = $3,
       escalation_trigger = 'racism' where id = any($1)`,
    [pairs.map(({ id }) => id), owner.id, now()],
  );
  return pairs;
}
const resolve = (who: SignedIn, id: string, body: object) =>
  who.attempt(escalations.resolveEscalation, { params: { id }, body: body as never });
const list = (query: object = {}) => ana.call(escalations.listEscalations, { query: { limit: 100, ...query } });
const read = (id: string) => ana.call(escalations.getEscalation, { params: { id } });
async function lettersTo({ id }: { readonly id: string }) {
  const rows = await app.storage.sql<{ text: string }>('select text from notifications where user_id = $1', [id]);
  return rows.map(({ text }) => text.split('\n\n')[0]);
}
/** What the decision left in the log, about the matter and about the person. */
async function audited(id: string, author: { readonly id: string }): Promise<string[]> {
  await app.settle();
  const rows = await app.storage.sql<{ type: string }>(
    `select type from audit_index where entity_id in ($1, $2) and type in ('ESCALATION_RESOLVED', 'USER_BANNED')`,
    [id, author.id],
  );
  return rows.map(({ type }) => type);
}
const personWithId = ({ userId }: Person) => ({ id: userId });
const lineOf = async (id: string) => {
  const [row] = await app.storage.sql<{ line: string; resolved: string | null; status: string }>(
    `select m.status as line, v.resolved_because as resolved, q.resolution_status as status
     from moderator_review_queue q left join stream_messages m on m.id = q.content_id
     left join user_violations v on v.id = q.violation_id where q.id = $1`,
    [id],
  );
  return row;
};

describe('the queue of admins', () => {
  it('shows minors first, then threats, then by age, and says by when each is due', async () => {
    const old = await escalated('hate_speech');
    await app.advance(2 * HOUR);
    const threat = await escalated('threats');
    const children = await escalated('racism', { category: 'minors' });
    const young = await escalated('staff_impersonation');
    const { counts, items } = await list();
    expect(items.map(({ id }) => id)).toEqual([children.id, threat.id, old.id, young.id]);
    expect(counts).toEqual({ open: 4, urgent: 2, overdue: 0, decided: 0 });
    const [first, , third] = items;
    expect(first).toMatchObject({ urgency: 'minors', trigger: 'racism', hidePreview: true, note: 'Please look.' });
    expect(first?.escalatedBy?.id).toBe(owner.id);
    const due = (item: escalations.Escalation | undefined) =>
      (new Date(item?.dueAt ?? 0).getTime() - new Date(item?.since ?? 0).getTime()) / HOUR;
    expect([due(first), due(items[1]), due(third)]).toEqual([1, 1, 24]);

    await app.advance(HOUR);
    const late = await list({ overdue: 'true' });
    expect(late.items.map(({ id, overdue }) => [id, overdue])).toEqual([
      [children.id, true],
      [threat.id, true],
    ]);
    expect(late.counts.overdue).toBe(2);
    expect((await list({ overdue: 'false' })).items.map(({ id }) => id)).toEqual([old.id, young.id]);
  });

  it('is filtered by trigger, source and words, and read page by page', async () => {
    const found = await escalated('racism', { text: 'a zanzibar of insults' });
    expect((await list({ q: 'ZANZIBAR' })).items.map(({ id }) => id)).toEqual([found.id]);
    expect((await list({ q: 'zanzibar', trigger: 'threats' })).items).toEqual([]);
    expect((await list({ source: 'comment' })).items).toEqual([]);
    const all = await list();
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(all.items.map(({ id }) => id));
  });

  it('holds what nobody else can take: a text without a stream, while the platform has no moderator', async () => {
    const author = await makePerson(app.storage, 'Author of a message');
    const id = await makeReviewItem(app.storage, { author, source: 'inboxMessage', at: now() });
    const { items } = await list({ trigger: 'unassigned' });
    expect(items).toMatchObject([{ id, kind: 'unassigned', trigger: null, source: 'inboxMessage', channel: null }]);
    expect((await resolve(otto, id, { decision: 'reject', reason: 'Spam' })).status).toBe(200);
    expect((await list({ trigger: 'unassigned' })).items).toEqual([]);
  });

  it('measures by times that admins agree on', async () => {
    const times = await ana.call(escalations.getEscalationTimes);
    const set = await ana.call(escalations.setEscalationTimes, { body: { ...times, racism: 30 } });
    const { id } = await escalated('racism');
    const { escalation } = await read(id);
    expect(new Date(escalation.dueAt).getTime() - new Date(escalation.since).getTime()).toBe(HOUR / 2);
    expect(set.racism).toBe(30);
    await ana.call(escalations.setEscalationTimes, { body: times });
  });

  it('shows one matter with everything it stands on', async () => {
    const { author, id } = await escalated('racism', { text: 'the judged line' });
    await makeLine(app.storage, {
      streamId,
      channel: actor(owner),
      author: { ...actor(ana), userId: author.id },
      text: 'a line after',
      at: now(),
    });
    const details = await read(id);
    expect(details).toMatchObject({
      escalation: { id, author: { id: author.id }, channel: { id: owner.id }, thresholds: { hold: 0.55 } },
      textState: 'held',
      mayDecide: { allowed: true },
      isBanned: false,
      blocked: [],
      review: { text: 'the judged line', score: { rule: 'insult', breakdown: { harassment: 0.72 } } },
    });
    expect(details.review?.neighbours.map(({ text }) => text)).toContain('a line after');
    expect(details.review?.decisions).toMatchObject([
      { kind: 'escalate', by: { id: owner.id }, reason: 'Please look.' },
    ]);
    const missing = await ana.attempt(escalations.getEscalation, { params: { id: 'none' } });
    expect(missing.problem?.code).toBe('not_found');
    // An item that waits for its moderators is not passed on, so it is not here.
    const waiting = await makeReviewItem(app.storage, {
      author: actor(author),
      channel: actor(owner),
      streamId,
      at: now(),
    });
    expect((await resolve(ana, waiting, { decision: 'approve', reason: 'r' })).problem?.code).toBe('not_found');
  });
});

describe('an admin', () => {
  it('approves: the text is published at its place, nothing counts against its author, and they are told', async () => {
    const { author, id } = await escalated();
    const { body } = await resolve(ana, id, { decision: 'approve', reason: 'Quoted, not said.' });
    expect(body).toMatchObject({
      penalty: null,
      escalation: { resolution: { decision: 'approve', by: { id: ana.id }, reason: 'Quoted, not said.' } },
    });
    expect(await lineOf(id)).toEqual({ line: 'published', resolved: 'approved', status: 'approved' });
    expect(await lettersTo(author)).toEqual([`Your message has been approved. Reason: Quoted, not said. ${APPEAL}`]);
    expect(await audited(id, author)).toEqual(['ESCALATION_RESOLVED']);
    expect((await list({ state: 'decided' })).items[0]).toMatchObject({ id, resolution: { decision: 'approve' } });
  });

  it('rejects: the text stays hidden, and its author can appeal with the rule that was named', async () => {
    const { author, id } = await escalated();
    const policyReference = 'community-rules/1#insults';
    expect(
      (await resolve(ana, id, { decision: 'reject', reason: 'Insults', policyReference: 'community-rules/9' })).problem,
    ).toMatchObject({ code: 'invalid', errors: [{ path: 'policyReference' }] });
    expect((await resolve(ana, id, { decision: 'reject', reason: 'Insults.', policyReference })).status).toBe(200);
    expect(await lineOf(id)).toEqual({ line: 'rejected', resolved: null, status: 'rejected' });
    expect(await lettersTo(author)).toEqual([`Your message has been permanently hidden. Reason: Insults. ${APPEAL}`]);
    expect(await audited(id, author)).toEqual(['ESCALATION_RESOLVED']);
    const [statement] = await app.storage.sql(
      'select policy_reference, appeal_type from statements_of_reasons where user_id = $1',
      [author.id],
    );
    expect(statement).toEqual({ policy_reference: policyReference, appeal_type: 'violation' });
  });

  it('closes the account with it: one penalty, one letter, one entry, and the text stays hidden', async () => {
    const author = await app.signUp();
    const { id } = await escalated('threats', { author: actor(author) });
    const penalty = { severity: 'temporary', durationHours: 24, policyReference: 'community-rules/1#threats' };
    const { body } = await resolve(ana, id, { decision: 'penalty', reason: 'A threat.', penalty });
    expect(body).toMatchObject({
      penalty: { severity: 'temporary', durationHours: 24, reason: 'A threat.', category: 'threat', active: true },
      escalation: { resolution: { decision: 'penalty' } },
    });
    expect(await lineOf(id)).toEqual({ line: 'rejected', resolved: null, status: 'rejected' });
    expect(await lettersTo(author)).toEqual([
      `Your account has received an administrative action. Reason: A threat. Decision is final unless appealed. ${APPEAL}`,
    ]);
    expect(await audited(id, author)).toEqual(['USER_BANNED']);
    // At once, and until the minute at which it ends by itself.
    const elsewhere = () => author.attempt(messages.listConversations, { query: {} });
    expect((await elsewhere()).problem?.code).toBe('banned');
    await app.advance(24 * HOUR - 60_000);
    expect((await elsewhere()).problem?.code).toBe('banned');
    await app.advance(60_000);
    expect((await elsewhere()).status).toBe(200);
    const again = await resolve(otto, (await escalated('threats')).id, {
      decision: 'penalty',
      reason: 'r',
      penalty: { severity: 'temporary', reason: 'r' },
    });
    expect(again.problem?.code).toBe('invalid');
  });

  it('decides nothing about their own', async () => {
    const { id } = await escalated('racism', { author: actor(ana, 'admin') });
    expect((await resolve(ana, id, { decision: 'approve', reason: 'Mine' })).problem?.code).toBe('own_content');
    expect((await read(id)).mayDecide).toEqual({ allowed: false, because: 'own_content' });
    expect((await resolve(otto, id, { decision: 'approve', reason: 'Fine' })).status).toBe(200);
  });

  it('is told who was first, and what they decided', async () => {
    const { id } = await escalated();
    await resolve(otto, id, { decision: 'reject', reason: 'Rule 1.3.' });
    const { problem } = await resolve(ana, id, { decision: 'approve', reason: 'No.' });
    expect(problem).toMatchObject({ code: 'already_decided' });
    expect(problem?.detail).toMatch(/^Otto rejected this at .*Z\. Reason: Rule 1\.3\.$/);
  });

  it('and another at the same moment, fifty times: one decision, one letter, one entry each', async () => {
    const pairs = await waiting(50);
    const decisions = ['approve', 'reject', 'penalty'] as const;
    const bodyOf = (decision: (typeof decisions)[number]) => ({
      decision,
      reason: 'At once.',
      ...(decision === 'penalty' ? { penalty: { severity: 'permanent' } } : {}),
    });
    const outcomes = await Promise.all(
      pairs.map(({ id }, index) =>
        Promise.all([
          resolve(ana, id, bodyOf(decisions[index % 3] ?? 'approve')),
          resolve(otto, id, bodyOf(decisions[(index + 1) % 3] ?? 'approve')),
        ]),
      ),
    );
    for (const [index, both] of outcomes.entries()) {
      expect([index, both.map(({ status }) => status).sort()]).toEqual([index, [200, 409]]);
    }
    const ids = pairs.map(({ id }) => id);
    await app.settle();
    const [found] = await app.storage.sql(
      `select
         (select count(*)::integer from moderation_actions where item_id = any($1) and kind <> 'escalate') as actions,
         (select count(*)::integer from audit_index
           where (type = 'ESCALATION_RESOLVED' and entity_id = any($1))
             or (type = 'USER_BANNED' and entity_id = any($2))) as entries,
         (select count(*)::integer from notifications where user_id = any($2)) as letters,
         (select count(*)::integer from moderator_review_queue
           where id = any($1) and resolution_status in ('approved', 'rejected')) as decided`,
      [ids, pairs.map(({ author }) => author.id)],
    );
    expect(found).toEqual({ actions: 50, entries: 50, letters: 50, decided: 50 });
  });
});

describe('three blocked messages in a session', () => {
  it('come here with all three, and approving publishes the third and takes its reasons back', async () => {
    const author = await app.signUp();
    const friend = await app.signUp();
    for (const n of [1, 2, 3]) {
      const sent = await author.attempt(messages.sendMessage, {
        body: { toUserId: friend.id, message: `${n} [[score=0.91 category=hate]]` },
      });
      expect(sent.status).toBeLessThan(300);
    }
    const { items } = await list({ trigger: 'multi_violation' });
    const item = items.find((each) => each.author.id === author.id);
    expect(item).toMatchObject({ kind: 'escalated', escalatedBy: null, source: 'inboxMessage' });
    const id = item?.id ?? '';
    const { blocked, textState } = await read(id);
    expect([textState, blocked.map(({ text }) => text[0])]).toEqual(['blocked', ['1', '2', '3']]);
    expect((await resolve(ana, id, { decision: 'approve', reason: 'A quotation.' })).status).toBe(200);
    const statements = await app.storage.sql<{ reversed: boolean }>(
      'select reversed_at is not null as reversed from statements_of_reasons where user_id = $1 order by id',
      [author.id],
    );
    expect(statements.map(({ reversed }) => reversed)).toEqual([false, false, true]);
    expect((await read(id)).textState).toBe('published');
  });
});

describe('three strikes by one channel’s moderators', () => {
  const strike = (userId: UserId) =>
    app.storage.database.asSystem('a test', (tx) =>
      issueStrike(tx, {
        userId,
        reason: 'Rule 1.3.',
        category: 'toxicity',
        source: { kind: 'review', id: uuidv7(), channelId: owner.id as never },
        issuedBy: owner.id,
        at: now(),
      }),
    );
  async function struck() {
    const author = personWithId(await makePerson(app.storage, `Struck ${uuidv7()}`));
    for (const _ of [1, 2, 3]) await strike(author.id);
    const { items } = await list({ trigger: 'strikes' });
    const item = items.find((each) => each.author.id === author.id);
    return { author, id: item?.id ?? 'none', item };
  }

  it('wait here for an admin, once, and close no account by themselves', async () => {
    const { author, id, item } = await struck();
    expect(item).toMatchObject({ kind: 'strikes', activeStrikes: 3, channel: { id: owner.id }, source: null });
    await strike(author.id);
    const { items } = await list({ trigger: 'strikes' });
    expect(items.filter((each) => each.author.id === author.id)).toMatchObject([{ id, activeStrikes: 4 }]);
    const details = await read(id);
    expect([details.strikes.length, details.review, details.isBanned]).toEqual([4, null, false]);

    expect((await resolve(ana, id, { decision: 'reject', reason: 'r' })).problem?.code).toBe('invalid');
    expect((await resolve(ana, id, { decision: 'approve', reason: 'They argued.' })).status).toBe(200);
    expect(await audited(id, author)).toEqual(['ESCALATION_RESOLVED']);
    expect((await resolve(otto, id, { decision: 'approve', reason: 'r' })).problem?.detail).toContain('Ana approved');
    // A further one is a matter of its own.
    await strike(author.id);
    const { items: next } = await list({ trigger: 'strikes' });
    expect(next.filter((each) => each.author.id === author.id)).toMatchObject([{ activeStrikes: 5 }]);
  });

  it('can close the account by an admin’s decision', async () => {
    const { author, id } = await struck();
    const penalty = { severity: 'temporary', durationHours: 168, reason: 'Three strikes in a row.' };
    const { body } = await resolve(ana, id, { decision: 'penalty', reason: 'Enough.', penalty });
    expect(body).toMatchObject({ penalty: { reason: 'Three strikes in a row.', durationHours: 168 } });
    const active = await ana.call(penalties.listPenalties, { query: { userId: author.id, state: 'active' } });
    expect(active.items).toHaveLength(1);
    expect(await audited(id, author)).toEqual(['USER_BANNED']);
  });

  it('leave the queue when fewer than three are left', async () => {
    const { author, id } = await struck();
    const [row] = await app.storage.sql<{ strike_id: string }>(
      'select strike_id from strike_escalations where id = $1',
      [id],
    );
    await app.storage.database.asSystem('a test', (tx) =>
      liftStrike(tx, row?.strike_id ?? '', { by: ana.id, reason: 'A mistake', at: now(), cause: 'decision' }),
    );
    expect((await read(id)).escalation.resolution).toMatchObject({ decision: 'lapsed', by: null });
    expect((await resolve(ana, id, { decision: 'approve', reason: 'r' })).problem?.code).toBe('already_decided');
    expect((await list({ trigger: 'strikes' })).items.some((each) => each.author.id === author.id)).toBe(false);
  });
});
