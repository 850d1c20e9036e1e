import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ReviewKit, reviewKit } from '../../../test/kit/review-kit.ts';
import type { Person } from '../../actor.ts';

let kit: ReviewKit;
beforeAll(async () => {
  kit = await reviewKit();
});
afterAll(() => kit.close());

const APPEAL = 'If you want to appeal, open Appeals Center.';

describe('a decision', () => {
  test('to approve publishes the text at its place, clears its author, and tells them so', async () => {
    const { author, id } = await kit.held();
    const { body, status } = await kit.decide(kit.mo, id, 'approve', { reason: 'Only a joke.' });
    expect([status, body]).toEqual([
      200,
      {
        itemId: id,
        status: 'approved',
        decision: 'approve',
        by: { id: kit.mo.userId, displayName: 'Mo Moderator', avatarUrl: null },
        at: expect.any(String),
        undoableUntil: null,
        hidesText: false,
        timedOutUntil: null,
        strikeNumber: null,
        closesAccount: false,
        statementId: null,
        resolvesReport: false,
      },
    ]);
    expect(await kit.item(id)).toMatchObject({
      resolution_status: 'approved',
      resolved_by: kit.mo.userId,
      moderator_notes: 'Only a joke.',
      line: 'published',
      resolved_because: 'approved',
    });
    const [notice, ...others] = await kit.notices(author);
    expect(others).toEqual([]);
    expect(notice).toMatchObject({
      kind: 'message_approved',
      text: `Your message has been approved. Reason: Only a joke. ${APPEAL}`,
      held_until: null,
    });
    expect(await kit.audited(id)).toEqual(['REVIEW_APPROVED']);
  });

  test.each([
    [
      'reject',
      { reason: 'Insults.' },
      'rejected',
      `Your message has been permanently hidden. Reason: Insults. ${APPEAL}`,
    ],
    [
      'timeout',
      { reason: 'Insults', minutes: 7 },
      'rejected',
      `You have been timed out for 7 minutes. Reason: Insults. ${APPEAL}`,
    ],
    ['punish', { reason: 'Insults', type: 'warning' }, 'warned', `Punishment: Warning. Reason: Insults. ${APPEAL}`],
    ['punish', { reason: 'Insults', type: 'strike' }, 'struck', `Punishment: Strike. Reason: Insults. ${APPEAL}`],
    ['punish', { reason: 'Insults', type: 'ban' }, 'rejected', `Punishment: Ban. Reason: Insults. ${APPEAL}`],
  ] as const)(
    'to %s %j hides the text for good, in one letter, one entry and one action',
    async (verb, body, action, letter) => {
      const { author, id } = await kit.held();
      const answer = await kit.decide(kit.mo, id, verb, body);
      expect([answer.status, answer.body.status, answer.body.hidesText]).toEqual([200, 'rejected', true]);
      expect(await kit.item(id)).toMatchObject({
        resolution_status: 'rejected',
        line: 'rejected',
        action,
        resolved_because: null,
      });
      const letters = await kit.notices(author);
      expect(letters.map(({ text }) => text.split('\n\n')[0])).toEqual([letter]);
      // A strike warns in a paragraph of its own; nothing else has one.
      const [, warning] = letters[0]?.text.split('\n\n') ?? [];
      if ('type' in body && body.type === 'strike') expect(warning).toMatch(/^This is your first active strike\./);
      else expect(warning).toBeUndefined();
      expect(await kit.audited(id)).toHaveLength(1);
      expect(await kit.count('moderation_actions where item_id = $1', id)).toBe(1);
      expect(letters[0]?.data.statementId).toBe(answer.body.statementId);
    },
  );

  test('names the rule that it stands on, if there is one', async () => {
    const { id } = await kit.held();
    const punish = (policyReference: string) =>
      kit.decide(kit.mo, id, 'punish', { type: 'warning', reason: 'Insults', policyReference });
    expect((await punish('community-rules/1#no-such-rule')).body).toMatchObject({
      code: 'invalid',
      errors: [{ path: 'policyReference' }],
    });
    expect(await kit.item(id)).toMatchObject({ resolution_status: 'pending', line: 'held' });
  });

  test('is refused with a time that is no whole number of minutes from 5 to 60, or without a reason', async () => {
    const { id } = await kit.held();
    for (const minutes of [4, 61, 5.5, '10', null]) {
      const { body } = await kit.decide(kit.mo, id, 'timeout', { minutes, reason: 'Insults' });
      expect([minutes, body.code]).toEqual([minutes, 'invalid']);
    }
    for (const verb of ['approve', 'reject']) {
      expect((await kit.decide(kit.mo, id, verb, { reason: '  ' })).body.code).toBe('invalid');
    }
    expect((await kit.decide(kit.mo, id, 'escalate', { trigger: 'boredom' })).body.code).toBe('invalid');
    expect((await kit.decide(kit.mo, id, 'timeout', { minutes: 60, reason: 'Insults' })).status).toBe(200);
  });

  test('to escalate leaves the text as it is and tells its author nothing', async () => {
    const { author, id } = await kit.held();
    const { body } = await kit.decide(kit.mo, id, 'escalate', { trigger: 'threats', note: 'Names an address' });
    expect(body).toMatchObject({ status: 'escalated', decision: 'escalate', hidesText: false });
    expect(await kit.item(id)).toMatchObject({
      resolution_status: 'escalated',
      escalated_by: kit.mo.userId,
      escalation_trigger: 'threats',
      escalation_note: 'Names an address',
      resolution_timestamp: null,
      line: 'held',
      action: 'held',
    });
    expect([await kit.notices(author), await kit.audited(id)]).toEqual([[], ['REVIEW_ESCALATED']]);
    const late = await kit.decide(kit.max, id, 'approve');
    expect([late.status, late.body.detail]).toEqual([
      409,
      expect.stringMatching(/^Mo Moderator escalated this to the admins at .* Reason: Names an address$/),
    ]);
  });

  test('is made once, and whoever comes later reads what was decided, by whom and why', async () => {
    const { id } = await kit.held();
    await kit.decide(kit.mo, id, 'timeout', { minutes: 5, reason: 'Insults' });
    for (const who of [kit.max, kit.owner, kit.ana, kit.mo]) {
      const { body, status } = await kit.decide(who, id, 'approve');
      expect([status, body.code]).toEqual([409, 'already_decided']);
      expect(body.detail).toMatch(/^Mo Moderator timed the author out at .*Z\. Reason: Insults$/);
    }
  });

  test('ends a claim, and a claim keeps nobody from deciding', async () => {
    const { id } = await kit.held();
    await kit.db.sql(
      `update moderator_review_queue set claimed_by = $2, claimed_at = now(), claim_expires_at = now() + interval '5 min'
       where id = $1`,
      [id, kit.max.userId],
    );
    expect((await kit.decide(kit.mo, id, 'reject')).status).toBe(200);
    expect(await kit.item(id)).toMatchObject({ claimed_by: null, claimed_at: null, claim_expires_at: null });
  });
});

describe('who decides', () => {
  const STRANGERS = () => [
    ['a viewer', kit.person('Viewer')] as const,
    ['the platform’s', Promise.resolve(kit.stan)] as const,
  ];

  test('a moderator of the channel, its owner or an admin; for everybody else the item is not there', async () => {
    const { id } = await kit.held();
    for (const [name, promised] of STRANGERS()) {
      const who = await promised;
      for (const verb of ['approve', 'reject', 'undo']) {
        expect([name, verb, (await kit.decide(who, id, verb)).body.code]).toEqual([name, verb, 'not_found']);
      }
    }
    const elsewhere = await kit.person('Elsewhere', { tier: 'pro' });
    expect((await kit.decide(elsewhere, id, 'approve')).body.code).toBe('not_found');
    expect((await kit.decide(kit.mo, 'no-such-item', 'approve')).body.code).toBe('not_found');
    for (const who of [kit.mo, kit.owner, kit.ana]) {
      const { id } = await kit.held();
      expect((await kit.decide(who, id, 'reject')).status).toBe(200);
    }
  });

  test('of a text without a channel: whom it was assigned to, or an admin', async () => {
    const other = await kit.person('Other Staff', { role: 'moderator' });
    const { id } = await kit.held({ channel: null, streamId: null, source: 'comment', assignedTo: kit.stan });
    for (const who of [other, kit.mo]) expect((await kit.decide(who, id, 'reject')).body.code).toBe('not_found');
    expect((await kit.decide(kit.stan, id, 'reject')).status).toBe(200);
    await kit.db.sql(`update profiles set role = 'user' where id = $1`, [other.userId]);
    const past = await kit.held({ channel: null, streamId: null, source: 'comment', assignedTo: other });
    expect((await kit.decide(other, past.id, 'reject')).body.code).toBe('not_found');
    expect((await kit.decide(kit.ana, past.id, 'reject')).status).toBe(200);
  });

  test('nobody on their own text, and the author without such a right does not learn of it', async () => {
    const ofMo = await kit.held({ author: kit.mo });
    expect((await kit.decide(kit.mo, ofMo.id, 'approve')).body.code).toBe('own_content');
    const ofAna = await kit.held({ author: kit.ana });
    expect((await kit.decide(kit.ana, ofAna.id, 'approve')).body.code).toBe('own_content');
    const { author, id } = await kit.held();
    expect((await kit.decide(author, id, 'approve')).body.code).toBe('not_found');
  });

  test('moderators not against each other or the owner, whom the owner and admins can act on', async () => {
    for (const author of [kit.max, kit.owner, kit.stan, kit.ana]) {
      const { id } = await kit.held({ author });
      for (const [verb, body] of [
        ['reject', { reason: 'r' }],
        ['timeout', { reason: 'r', minutes: 5 }],
        ['punish', { reason: 'r', type: 'ban' }],
      ] as const) {
        expect((await kit.decide(kit.mo, id, verb, body)).body.code).toBe('not_allowed');
      }
      expect((await kit.decide(kit.mo, id, 'escalate', { trigger: 'racism' })).status).toBe(200);
    }
    const ofMax = await kit.held({ author: kit.max });
    expect((await kit.decide(kit.owner, ofMax.id, 'timeout', { minutes: 5, reason: 'r' })).status).toBe(200);
    const ofOwner = await kit.held({ author: kit.owner });
    expect((await kit.decide(kit.ana, ofOwner.id, 'punish', { type: 'ban', reason: 'r' })).body).toMatchObject({
      code: 'not_allowed',
      detail: expect.stringContaining('Nobody is banned from their own channel'),
    });
    const silenced = { minutes: 5, reason: 'r' };
    expect((await kit.decide(kit.ana, ofOwner.id, 'timeout', silenced)).body).toMatchObject({
      code: 'not_allowed',
      detail: expect.stringContaining('Nobody is timed out on their own channel'),
    });
    expect((await kit.decide(kit.ana, ofOwner.id, 'punish', { type: 'warning', reason: 'r' })).status).toBe(200);
  });

  test('and nobody on the owner’s own channel for a comment that the platform decides', async () => {
    const { id } = await kit.held({
      channel: null,
      streamId: null,
      source: 'comment',
      author: kit.owner,
      assignedTo: kit.stan,
    });
    await kit.db.sql(
      `insert into videos (id, channel_id, title, duration_ms, size_bytes, is_public, file_key, created_at, updated_at)
       values ('own', $1, 'Own', 1000, 1, true, 'own', now(), now())`,
      [kit.owner.userId],
    );
    await kit.db.sql(
      `insert into video_comments (id, video_id, channel_id, user_id, message, status, scored_by, created_at)
       select content_id, 'own', $1, $1, 'a held line', 'held', 'rules', now() from moderator_review_queue where id = $2`,
      [kit.owner.userId, id],
    );
    const { body } = await kit.decide(kit.stan, id, 'timeout', { minutes: 5, reason: 'r' });
    expect(body).toMatchObject({ code: 'not_allowed', detail: expect.stringContaining('their own channel') });
    expect(await kit.count('timed_out_users where user_id = $1', kit.owner.userId)).toBe(0);
  });
});

describe('strikes from the queue', () => {
  const strike = (who: Person, id: string) => kit.decide(who, id, 'punish', { type: 'strike', reason: 'Insults' });

  test('of one channel’s own moderators close no account, however many: an admin looks', async () => {
    const { author, id } = await kit.held();
    expect((await strike(kit.mo, id)).body).toMatchObject({ strikeNumber: 1, closesAccount: false });
    for (const [number, who] of [
      [2, kit.max],
      [3, kit.owner],
    ] as const) {
      const next = await kit.held({ author });
      expect((await strike(who, next.id)).body).toMatchObject({ strikeNumber: number, closesAccount: false });
    }
    expect(await kit.count(`audit_outbox where type = 'STRIKES_ESCALATED' and entity_id = $1`, author.userId)).toBe(1);
    const platforms = await kit.held({ author });
    expect((await strike(kit.ana, platforms.id)).body).toMatchObject({ strikeNumber: 4, closesAccount: true });
  });
});

describe('a ban from the queue', () => {
  test('keeps out of the channel, and of a text without a stream it is asked of the admins', async () => {
    const { author, id } = await kit.held();
    const { body } = await kit.decide(kit.mo, id, 'punish', { type: 'ban', reason: 'Threats' });
    expect(body).toMatchObject({ decision: 'ban', status: 'rejected' });
    expect((await kit.call(author, 'GET', `/api/v1/livestreams/${kit.streamId}`)).body.code).toBe('banned');
    expect(await kit.count('banned_viewers where user_id = $1 and review_item_id = $2', author.userId, id)).toBe(1);
    expect(await kit.audited(id)).toEqual(['CHANNEL_BAN_ISSUED']);

    // Of who is banned already the next text goes with the ban that is there.
    const again = await kit.held({ author });
    expect((await kit.decide(kit.mo, again.id, 'punish', { type: 'ban', reason: 'Threats' })).status).toBe(200);
    expect(await kit.count('banned_viewers where user_id = $1', author.userId)).toBe(1);
    expect(await kit.audited(again.id)).toEqual(['PUNISHMENT_APPLIED']);

    const comment = await kit.held({
      channel: null,
      streamId: null,
      source: 'comment',
      category: 'hate',
      assignedTo: kit.stan,
    });
    const asked = await kit.decide(kit.stan, comment.id, 'punish', { type: 'ban', reason: 'Hate' });
    expect(asked.body).toMatchObject({ status: 'escalated', decision: 'escalate', statementId: null });
    expect(await kit.item(comment.id)).toMatchObject({
      escalation_trigger: 'hate_speech',
      escalation_note: 'A ban was asked for. Reason: Hate',
    });
    expect([await kit.notices(comment.author), await kit.audited(comment.id)]).toEqual([[], ['REVIEW_ESCALATED']]);
  });
});

describe('what is left of a matter', () => {
  test('its stream has ended: a timeout and a ban are of the channel, so they still hold', async () => {
    const host = await kit.person('Short Host', { tier: 'pro' });
    const streamId = await kit.start(host);
    const timed = await kit.held({ channel: host, streamId });
    const banned = await kit.held({ channel: host, streamId });
    await kit.call(host, 'POST', `/api/v1/livestreams/${streamId}/end`);
    expect((await kit.decide(host, timed.id, 'timeout', { minutes: 5, reason: 'r' })).status).toBe(200);
    expect((await kit.decide(host, banned.id, 'punish', { type: 'ban', reason: 'r' })).body.decision).toBe('ban');
  });

  test('its author had everything erased: the text is decided on, and nobody is punished or written to', async () => {
    const { author, id } = await kit.held();
    await kit.db.sql('update profiles set erased_at = now() where id = $1', [author.userId]);
    for (const [verb, body] of [
      ['timeout', { minutes: 5, reason: 'r' }],
      ['punish', { type: 'strike', reason: 'r' }],
      ['punish', { type: 'ban', reason: 'r' }],
    ] as const) {
      expect((await kit.decide(kit.mo, id, verb, body)).body.code).toBe('not_allowed');
    }
    expect((await kit.decide(kit.mo, id, 'reject')).body).toMatchObject({ status: 'rejected', statementId: null });
    expect(await kit.notices(author)).toEqual([]);
  });

  test('the text itself is gone: approving says nothing, a punishment still holds', async () => {
    const gone = async () => {
      const one = await kit.held();
      await kit.db.sql(
        'delete from stream_messages where id = (select content_id from moderator_review_queue where id = $1)',
        [one.id],
      );
      return one;
    };
    const approved = await gone();
    expect((await kit.decide(kit.mo, approved.id, 'approve')).body).toMatchObject({ status: 'approved' });
    expect(await kit.notices(approved.author)).toEqual([]);
    const struck = await gone();
    const answer = await kit.decide(kit.mo, struck.id, 'punish', { type: 'strike', reason: 'r' });
    expect(answer.body).toMatchObject({ strikeNumber: 1, hidesText: false });
    expect(await kit.notices(struck.author)).toHaveLength(1);
  });

  test('its channel is gone: admins alone see it, and there is nothing to be timed out on', async () => {
    const { id } = await kit.held();
    await kit.db.sql('update moderator_review_queue set channel_id = null where id = $1', [id]);
    expect((await kit.decide(kit.mo, id, 'approve')).body.code).toBe('not_found');
    expect((await kit.decide(kit.ana, id, 'timeout', { minutes: 5, reason: 'r' })).body.code).toBe('not_allowed');
    const asked = await kit.decide(kit.ana, id, 'punish', { type: 'ban', reason: 'r' });
    expect(asked.body.decision).toBe('escalate');
  });
});

describe('several at once', () => {
  const bulk = (who: Person, body: object) => kit.call(who, 'POST', '/api/v1/moderation/queue/bulk', body);

  test('are decided each for itself, and those that cannot be say why', async () => {
    const [first, second, decided] = [await kit.held(), await kit.held(), await kit.held()];
    await kit.decide(kit.max, decided.id, 'approve');
    const own = await kit.held({ author: kit.mo });
    const ids = [first.id, decided.id, own.id, 'no-such-item', second.id, first.id];
    const body = { ids, decision: 'timeout', minutes: 10, reason: 'Spam' };

    const preview = await bulk(kit.mo, { ...body, dryRun: true });
    expect(preview.body).toMatchObject({ done: 2, refused: 3 });
    expect(await kit.item(first.id)).toMatchObject({ resolution_status: 'pending', line: 'held' });
    expect([await kit.notices(first.author), await kit.audited(first.id)]).toEqual([[], []]);
    expect(await kit.count('timed_out_users where user_id = $1', first.author.userId)).toBe(0);

    const { body: result, status } = await bulk(kit.mo, body);
    expect(status).toBe(200);
    const outcomes = (items: { id: string; decision: unknown; problem: { code: string } | null }[]) =>
      items.map(({ decision, id, problem }) => [id, problem?.code ?? (decision as { status: string }).status]);
    expect(outcomes(result.items)).toEqual([
      [first.id, 'rejected'],
      [decided.id, 'already_decided'],
      [own.id, 'own_content'],
      ['no-such-item', 'not_found'],
      [second.id, 'rejected'],
    ]);
    expect(outcomes(preview.body.items)).toEqual(outcomes(result.items));
    expect(result.items[1].problem.detail).toMatch(/^Max Moderator approved this/);
    for (const { author, id } of [first, second]) {
      expect([await kit.audited(id), (await kit.notices(author)).length]).toEqual([['USER_TIMED_OUT'], 1]);
    }
  });

  test('a rehearsal sees the third strike among them, and lets nothing stand', async () => {
    const { author, id } = await kit.held();
    const ids = [id, (await kit.held({ author })).id, (await kit.held({ author })).id];
    const { body } = await bulk(kit.ana, { ids, decision: 'strike', reason: 'Hate', dryRun: true });
    const steps = (body.items as { decision: { strikeNumber: number; closesAccount: boolean } }[]).map(
      ({ decision: { closesAccount, strikeNumber } }) => [strikeNumber, closesAccount],
    );
    expect(steps).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    expect(await kit.count('content_safety_strikes where user_id = $1', author.userId)).toBe(0);
    expect(await kit.count('admin_penalties where user_id = $1', author.userId)).toBe(0);
  });

  test('are taken back together within ten seconds', async () => {
    const [first, second] = [await kit.held(), await kit.held()];
    const ids = [first.id, second.id];
    await bulk(kit.mo, { ids, decision: 'reject', reason: 'Spam', undoable: true });
    const { body } = await bulk(kit.mo, { ids, decision: 'undo' });
    expect(body).toMatchObject({ done: 2, refused: 0 });
    for (const id of ids) expect(await kit.item(id)).toMatchObject({ resolution_status: 'pending', line: 'held' });
    expect((await bulk(kit.mo, { ids, decision: 'undo' })).body).toMatchObject({ done: 0, refused: 2 });
  });

  test('need what their decision needs, and are a hundred at most', async () => {
    const { id } = await kit.held();
    for (const [fields, path] of [
      [{ decision: 'reject' }, 'reason'],
      [{ decision: 'timeout', reason: 'r' }, 'minutes'],
      [{ decision: 'escalate' }, 'trigger'],
    ] as const) {
      const { body } = await bulk(kit.mo, { ids: [id], ...fields });
      expect(body).toMatchObject({ code: 'invalid', errors: [{ path }] });
    }
    for (const ids of [[], Array.from({ length: 101 }, (_none, n) => `i${n}`)]) {
      expect((await bulk(kit.mo, { ids, decision: 'reject', reason: 'r' })).body.code).toBe('invalid');
    }
  });
});
