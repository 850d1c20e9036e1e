/** The road of a notice over HTTP, on a real database with the fake engine. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { StreamId } from '@virgil/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LiveKit, liveKit } from '../../../test/kit/live-kit.ts';
import { sdpOffer } from '../../../test/kit/sdp-offers.ts';
import type { Person } from '../../actor.ts';
import { liftStrike } from '../strikes/index.ts';
import { businessDayAfter, dayIn, endOfDay } from './business-day-policy.ts';

const DAY_MS = 86_400_000;

let kit: LiveKit;
let admin: Person;
let creator: Person;
let viewer: Person;
beforeAll(async () => {
  kit = await liveKit();
  admin = await kit.person('Edda', { role: 'admin' });
  viewer = await kit.person('Viola');
});
beforeEach(async () => {
  creator = await kit.person('Mira', { tier: 'pro' });
  kit.letters.length = 0;
});
afterAll(() => kit.close());

async function recorded(fields: Record<string, unknown> = {}): Promise<{ streamId: StreamId; videoId: string }> {
  const streamId = await kit.start(creator, { title: 'Night shift', ...fields });
  await kit.engine.publish(streamId, sdpOffer());
  kit.engine.stage.receive(streamId, 90_000);
  await kit.call(creator, 'POST', `/api/v1/livestreams/${streamId}/end`);
  await expect.poll(() => videosOf(streamId)).toHaveLength(1);
  const [video] = await videosOf(streamId);
  return { streamId, videoId: video?.id ?? '' };
}
const videosOf = (streamId: string) =>
  kit.db.sql<{ id: string; file_key: string; is_public: boolean; removal: string | null }>(
    'select * from videos where stream_id = $1',
    [streamId],
  );

const claimant = {
  name: 'Rita Holder',
  address: '12 Harbour Street\nPortland, OR 97201',
  email: 'rita@holder.example',
  phone: '+1 503 555 0100',
};
const noticeOn = (type: 'video' | 'livestream', id: string, fields: object = {}) => ({
  target: { type, id },
  claimant,
  claimedWork: 'The song “Harbour Lights”, recorded in 2019.',
  claimedWorkUrl: 'https://holder.example/harbour-lights',
  materialUrl: `http://virgil.test/videos/${id}`,
  goodFaith: true,
  accuracyUnderPerjury: true,
  signature: 'Rita Holder',
  ...fields,
});
const send = (body: object, who: Person | null = null) => kit.call(who, 'POST', '/api/v1/dmca', body);
const decide = (id: string, what: 'approve' | 'reject', who: Person | null = admin) =>
  kit.call(who, 'POST', `/api/admin/dmca/${id}/${what}`, { reason: 'The recording is plain to hear.' });
const counterNotice = {
  name: 'Mira Voss',
  address: 'Gasse 1\n1010 Wien',
  email: 'mira@voss.example',
  phone: '+43 1 5550100',
  materialLocation: 'The video “Night shift” under its own address',
  goodFaithUnderPerjury: true,
  consentToJurisdiction: true,
  acceptService: true,
  signature: 'Mira Voss',
};
const counter = (id: string, who: Person | null = creator, body: object = counterNotice) =>
  kit.call(who, 'POST', `/api/v1/dmca/${id}/counter-notice`, body);
const follow = async (id: string, token: string) =>
  (await kit.call(null, 'GET', `/api/v1/dmca/${id}?token=${token}`)).body;
const dossier = async (id: string) => (await kit.call(admin, 'GET', `/api/admin/dmca/${id}`)).body;
const strikesOf = (who: Person) =>
  kit.db.sql<{ id: string; lifted_cause: string | null }>(
    'select id, lifted_cause from content_safety_strikes where user_id = $1 order by issued_at',
    [who.userId],
  );
const activeStrikes = async (who: Person) => (await strikesOf(who)).filter((row) => row.lifted_cause === null).length;
const inbox = async (who: Person) => (await kit.call(who, 'GET', '/api/v1/notifications')).body.items;
const auditOf = async (id: string) =>
  (
    await kit.db.sql<{ type: string; details: Record<string, unknown> }>(
      'select type, details from audit_outbox where entity_id = $1 order by id',
      [id],
    )
  ).map(({ details, type }) => ({ type, details }));
const isSeen = async (videoId: string) => (await kit.call(null, 'GET', `/api/v1/videos/${videoId}`)).status === 200;

/** A notice about a fresh recording, approved. */
async function takenDown() {
  const { streamId, videoId } = await recorded();
  const { body } = await send(noticeOn('video', videoId));
  const approved = await decide(body.id, 'approve');
  expect(approved.status).toBe(200);
  return { id: body.id as string, token: body.token as string, streamId, videoId };
}

/** Product time goes on to this moment. */
async function travelTo(at: Date) {
  await kit.advance(at.getTime() - kit.deps.clock.now().getTime());
}
const endOfBusinessDay = (received: Date, n: number) =>
  endOfDay('America/New_York', businessDayAfter(dayIn('America/New_York', received), n));

describe('a notice', () => {
  test('is taken from a stranger and answered with a secret link', async () => {
    const { videoId } = await recorded();
    const { body, status } = await send(noticeOn('video', videoId));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'valid',
      statusUrl: `http://virgil.test/dmca/${body.id}?token=${body.token}`,
    });
    expect(await follow(body.id, body.token)).toMatchObject({
      viewer: 'claimant',
      status: 'valid',
      claimantName: 'Rita Holder',
      may: ['retract'],
    });
    const [row] = await kit.db.sql<{ token_hash: string }>('select token_hash from dmca_notices where id = $1', [
      body.id,
    ]);
    expect(row?.token_hash).toBe(createHash('sha256').update(body.token).digest('hex'));
    expect((await inbox(admin))[0]).toMatchObject({ kind: 'dmca.received', data: { noticeId: body.id } });
    await kit.settle();
    expect(kit.letters).toMatchObject([{ to: 'rita@holder.example', text: expect.stringContaining(body.statusUrl) }]);
  });

  test.each([
    ['signature', { signature: '  ' }],
    ['claimedWork', { claimedWork: undefined }],
    ['target', { target: undefined }],
    ['materialUrl', { materialUrl: '' }],
    ['claimant.name', { claimant: { ...claimant, name: undefined } }],
    ['claimant.address', { claimant: { ...claimant, address: '' } }],
    ['claimant.email', { claimant: { ...claimant, email: '' } }],
    ['goodFaith', { goodFaith: false }],
    ['accuracyUnderPerjury', { accuracyUnderPerjury: undefined }],
  ])('without %s is refused, the element named and nothing stored', async (element, fields) => {
    const before = await kit.db.sql('select id from dmca_notices');
    const { body, status } = await send(noticeOn('video', 'anything', fields));
    expect([status, body.code, body.missing]).toEqual([422, 'notice_incomplete', [element]]);
    expect(await kit.db.sql('select id from dmca_notices')).toHaveLength(before.length);
  });

  test('without anything names everything that is missing', async () => {
    const { body } = await send({});
    expect(body.missing).toEqual([
      'signature',
      'claimedWork',
      'target',
      'materialUrl',
      'claimant.name',
      'claimant.address',
      'claimant.email',
      'goodFaith',
      'accuracyUnderPerjury',
    ]);
  });

  test('about nothing, about one’s own, or with an address that is none, is refused', async () => {
    const { videoId } = await recorded();
    expect((await send(noticeOn('video', 'nothing-here'))).body.code).toBe('not_found');
    expect((await send(noticeOn('video', videoId), creator)).body.code).toBe('own_content');
    for (const email of ['rita', 'a@b\r\nBcc: all@example.org', 'a b@c', '<a@b>', '@', 'a@b,c@d']) {
      const answer = await send(noticeOn('video', videoId, { claimant: { ...claimant, email } }));
      expect([email, answer.status]).toEqual([email, 400]);
    }
    expect((await send(noticeOn('video', videoId, { extra: 1 }))).body.code).toBe('invalid');
  });

  test('keeps hostile words as words', async () => {
    const { videoId } = await recorded();
    const claimedWork = '<script>alert(1)</script> \u202e =cmd|’/c calc’!A0 '.trim();
    const { body } = await send(noticeOn('video', videoId, { claimedWork, claimedWorkUrl: 'javascript:alert(1)' }));
    expect(await dossier(body.id)).toMatchObject({ claimedWork, claimedWorkUrl: 'javascript:alert(1)' });
  });

  test('is followed by nobody without its token', async () => {
    const { videoId } = await recorded();
    const { body } = await send(noticeOn('video', videoId));
    for (const [who, query] of [
      [null, ''],
      [null, '?token=wrong'],
      [viewer, ''],
      // Nothing was decided, so the creator does not know of it yet.
      [creator, ''],
    ] as const) {
      expect((await kit.call(who, 'GET', `/api/v1/dmca/${body.id}${query}`)).status).toBe(404);
    }
    for (const act of ['retract', 'court-action']) {
      const words = act === 'retract' ? { reason: 'x' } : { court: 'x', reference: 'y' };
      for (const query of ['', '?token=wrong']) {
        expect((await kit.call(viewer, 'POST', `/api/v1/dmca/${body.id}/${act}${query}`, words)).status).toBe(404);
      }
    }
  });
});

describe('an approved notice', () => {
  test('takes the recording down, with a strike, sealed evidence, a statement and letters', async () => {
    const { id, token, videoId, streamId } = await takenDown();
    expect(await isSeen(videoId)).toBe(false);
    expect((await videosOf(streamId))[0]).toMatchObject({ is_public: false, removal: 'removed' });
    expect(await activeStrikes(creator)).toBe(1);
    const letters = await inbox(creator);
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({ kind: 'dmca.approved', data: { noticeId: id, claimant: 'Rita Holder' } });
    for (const words of [
      'Night shift',
      'Rita Holder',
      'Harbour Lights',
      'counter-notice',
      'Appeals Center',
      'first active strike',
    ]) {
      expect(letters[0].text).toContain(words);
    }
    expect(await follow(id, token)).toMatchObject({ status: 'approved', may: ['court_action', 'retract'] });
    await kit.settle();
    expect(kit.letters.at(-1)?.subject).toContain('taken down');
    const entries = await auditOf(id);
    expect(entries.map(({ type }) => type)).toEqual(['DMCA_RECEIVED', 'DMCA_APPROVED']);
    const page = await dossier(id);
    expect(entries[1]?.details).toMatchObject({ evidence: { sha256: page.evidence[0].sha256 } });
    // What people wrote is not in the clear.
    expect(JSON.stringify(entries)).not.toContain('plain to hear');
    const statements = await kit.db.sql('select * from statements_of_reasons where decision_id = $1', [id]);
    expect(statements).toMatchObject([
      { ground: 'illegal', category: 'copyright', source: 'rights_notice', appeal_type: 'strike' },
    ]);
  });

  test('ends a running stream and hides the recording that is kept afterwards, whose hash is sealed later', async () => {
    const streamId = await kit.start(creator, { title: 'Still on air' });
    await kit.engine.publish(streamId, sdpOffer());
    kit.engine.stage.receive(streamId, 90_000);
    const { body } = await send(noticeOn('livestream', streamId));
    expect((await decide(body.id, 'approve')).status).toBe(200);
    await kit.settle();
    expect((await kit.call(null, 'GET', `/api/v1/livestreams/${streamId}`)).body.isActive).toBe(false);
    await expect.poll(() => videosOf(streamId)).toHaveLength(1);
    expect((await videosOf(streamId))[0]).toMatchObject({ is_public: false, removal: 'removed' });
    expect((await dossier(body.id)).evidence).toHaveLength(1);
    await kit.advance(10 * 60_000);
    const { evidence, steps } = await dossier(body.id);
    expect(evidence.map(({ kind }: { kind: string }) => kind)).toEqual(['decision', 'recording']);
    expect(steps.map(({ type }: { type: string }) => type)).toContain('evidence_sealed');
  });

  test('is one strike for several notices of a day about one stream and its recording', async () => {
    const { streamId, videoId } = await recorded();
    const ids: string[] = [];
    for (const body of [noticeOn('video', videoId), noticeOn('livestream', streamId), noticeOn('video', videoId)]) {
      ids.push((await send(body)).body.id);
    }
    for (const id of ids) expect((await decide(id, 'approve')).status).toBe(200);
    expect(await activeStrikes(creator)).toBe(1);
    const other = await recorded({ title: 'Another work' });
    await decide((await send(noticeOn('video', other.videoId))).body.id, 'approve');
    expect(await activeStrikes(creator)).toBe(2);
  });

  test('adds no strike to that of another notice of the same day, though it is decided on the next', async () => {
    const { streamId, videoId } = await recorded();
    const [first, second] = [noticeOn('video', videoId), noticeOn('livestream', streamId)];
    const ids = [(await send(first)).body.id, (await send(second)).body.id];
    await decide(ids[0], 'approve');
    await kit.advance(DAY_MS);
    await decide(ids[1], 'approve');
    expect(await activeStrikes(creator)).toBe(1);
    expect((await inbox(creator))[0].text).not.toContain('active strike');
    const later = (await send(first)).body.id;
    await decide(later, 'approve');
    expect(await activeStrikes(creator)).toBe(2);
  });

  test('is decided once: the second admin hears by whom', async () => {
    const second = await kit.person('Otto', { role: 'admin' });
    const { videoId } = await recorded();
    const { id } = (await send(noticeOn('video', videoId))).body;
    const answers = await Promise.all([
      decide(id, 'approve'),
      decide(id, 'reject', second),
      decide(id, 'approve', second),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const [late] = answers.filter(({ status }) => status === 409);
    expect(late?.body).toMatchObject({ code: 'already_decided', detail: expect.stringMatching(/by (Edda|Otto) on /) });
  });

  test('is not decided by whom it is about, nor by anybody but an admin', async () => {
    creator = await kit.person('Selfa', { tier: 'pro', role: 'admin' });
    const { videoId } = await recorded();
    const { id } = (await send(noticeOn('video', videoId))).body;
    expect((await decide(id, 'approve', creator)).body.code).toBe('own_content');
    expect((await decide(id, 'reject', viewer)).body.code).toBe('not_allowed');
    expect((await decide(id, 'approve', null)).body.code).toBe('sign_in_required');
    expect((await decide('nothing', 'approve')).body.code).toBe('not_found');
    expect(await isSeen(videoId)).toBe(true);
  });
});

test('a rejected notice changes nothing, and both sides are told', async () => {
  const { videoId } = await recorded();
  const { id, token } = (await send(noticeOn('video', videoId))).body;
  expect((await decide(id, 'reject')).status).toBe(200);
  expect(await isSeen(videoId)).toBe(true);
  expect(await activeStrikes(creator)).toBe(0);
  expect((await inbox(creator))[0]).toMatchObject({ kind: 'dmca.rejected', data: { noticeId: id } });
  expect(await follow(id, token)).toMatchObject({ status: 'rejected', may: [], decisionReason: expect.any(String) });
  expect((await kit.call(null, 'POST', `/api/v1/dmca/${id}/retract?token=${token}`, { reason: 'x' })).status).toBe(409);
  expect((await counter(id)).body.code).toBe('already_decided');
});

test('a finding of misrepresentation stays with the notice and is counted where the same address sends another', async () => {
  const { videoId } = await recorded();
  const email = `${creator.userId}@holder.example`;
  const from = { claimant: { ...claimant, email } };
  const { id } = (await send(noticeOn('video', videoId, from))).body;
  const record = (who: Person) =>
    kit.call(who, 'POST', `/api/admin/dmca/${id}/misrepresentation`, { reason: 'The same quotation, a third time.' });
  expect((await record(admin)).status).toBe(409);
  await decide(id, 'reject');
  expect((await record(viewer)).status).toBe(403);
  expect((await record(admin)).body.steps.at(-1)).toMatchObject({
    type: 'misrepresentation',
    by: { displayName: 'Edda' },
  });
  expect((await record(admin)).status).toBe(409);
  const next = (await send(noticeOn('video', videoId, { claimant: { ...claimant, email: email.toUpperCase() } }))).body
    .id;
  expect((await dossier(next)).sender).toEqual({ notices: 2, misrepresentations: 1 });
});

describe('sealed evidence', () => {
  test('holds the notice, the page and the hash of the file, and each opening is written down', async () => {
    const { id, streamId } = await takenDown();
    const [video] = await videosOf(streamId);
    const hash = createHash('sha256')
      .update(await readFile(path.join(kit.folder, video?.file_key ?? '')))
      .digest('hex');
    const opened = await kit.call(admin, 'POST', `/api/admin/dmca/${id}/evidence`, { reason: 'The lawyer asks.' });
    expect(opened.body.items).toHaveLength(1);
    const [item] = opened.body.items;
    expect(item).toMatchObject({
      isIntact: true,
      content: {
        notice: { claimant, signature: 'Rita Holder' },
        page: { title: 'Night shift', creator: { id: creator.userId } },
        decision: { by: admin.userId, outcome: 'approved' },
      },
    });
    expect(item.content.media.files[0].sha256).toBe(hash);
    expect((await auditOf(id)).map(({ type }) => type)).toContain('DMCA_EVIDENCE_OPENED');
    expect((await dossier(id)).steps.at(-1)).toMatchObject({ type: 'evidence_opened', note: 'The lawyer asks.' });
    expect((await kit.call(viewer, 'POST', `/api/admin/dmca/${id}/evidence`, { reason: 'x' })).status).toBe(403);
  });

  test('is not readable in the database, and shows when it was changed', async () => {
    const { id } = await takenDown();
    const [row] = await kit.db.sql<{ sealed: Buffer }>('select sealed from dmca_evidence where notice_id = $1', [id]);
    expect(row?.sealed.toString('latin1')).not.toContain('Rita');
    await kit.db.sql(
      `update dmca_evidence set sealed = set_byte(sealed, length(sealed) - 1, (get_byte(sealed, length(sealed) - 1) + 1) % 256)
       where notice_id = $1`,
      [id],
    );
    const opened = await kit.call(admin, 'POST', `/api/admin/dmca/${id}/evidence`, { reason: 'Look.' });
    expect(opened.body.items).toMatchObject([{ isIntact: false, content: {} }]);
  });
});

describe('a counter-notice', () => {
  test('is the creator’s alone, complete or refused, and once', async () => {
    const { id } = await takenDown();
    expect((await counter(id, viewer)).status).toBe(404);
    expect((await counter(id, null)).status).toBe(401);
    const { body } = await counter(id, creator, { name: 'Mira Voss', consentToJurisdiction: false });
    expect(body).toMatchObject({
      code: 'notice_incomplete',
      missing: [
        'signature',
        'materialLocation',
        'goodFaithUnderPerjury',
        'address',
        'email',
        'phone',
        'consentToJurisdiction',
        'acceptService',
      ],
    });
    expect((await counter(id)).status).toBe(201);
    const again = await counter(id);
    expect([again.status, again.body.code]).toEqual([409, 'already_decided']);
  });

  test('reaches the claimant as a copy; the creator never learns where the claimant lives', async () => {
    const { id, token } = await takenDown();
    const own = (await counter(id)).body;
    expect(own).toMatchObject({ viewer: 'creator', status: 'counter_noticed', claimantName: 'Rita Holder', may: [] });
    for (const secret of ['Harbour Street', 'rita@holder', '555 0100'])
      expect(JSON.stringify(own)).not.toContain(secret);
    expect((await follow(id, token)).counterNotice).toMatchObject({
      address: counterNotice.address,
      phone: counterNotice.phone,
    });
    await kit.settle();
    const letter = kit.letters.at(-1);
    expect(letter?.to).toBe('rita@holder.example');
    for (const words of ['Mira Voss', '1010 Wien', '+43 1 5550100', 'penalty of perjury'])
      expect(letter?.text).toContain(words);
    const mine = await kit.call(creator, 'GET', '/api/v1/me/dmca');
    expect(mine.body.items).toMatchObject([{ id, status: 'counter_noticed', target: { title: 'Night shift' } }]);
  });

  test('puts the material back at the end of the tenth business day, once, and lifts the strike', async () => {
    const { id, token, videoId } = await takenDown();
    const received = kit.deps.clock.now();
    const { putBackAt } = (await counter(id)).body;
    expect(putBackAt).toBe(endOfBusinessDay(received, 10).toISOString());
    await travelTo(new Date(Date.parse(putBackAt) - 1000));
    expect([await isSeen(videoId), await activeStrikes(creator)]).toEqual([false, 1]);
    const early = await kit.call(admin, 'POST', `/api/admin/dmca/${id}/restore`, { reason: 'Now.' });
    expect(early.status).toBe(409);
    await travelTo(new Date(putBackAt));
    expect([await isSeen(videoId), await activeStrikes(creator)]).toEqual([true, 0]);
    expect((await strikesOf(creator))[0]?.lifted_cause).toBe('put_back');
    expect(await follow(id, token)).toMatchObject({ status: 'restored', restoredCause: 'put_back', may: [] });
    expect((await inbox(creator))[0]).toMatchObject({ kind: 'dmca.restored', data: { strikeLifted: 'true' } });
    await travelTo(new Date(Date.parse(putBackAt) + 10 * DAY_MS));
    const types = (await dossier(id)).steps.map(({ type }: { type: string }) => type);
    expect(types).toEqual(['received', 'approved', 'counter_noticed', 'restored', 'strike_lifted']);
  });

  test('puts back once and without alarm when the server was down until the fifteenth business day', async () => {
    const { id, videoId } = await takenDown();
    const received = kit.deps.clock.now();
    await counter(id);
    await kit.restart();
    await travelTo(endOfBusinessDay(received, 15));
    expect(await isSeen(videoId)).toBe(true);
    const types = (await dossier(id)).steps.map(({ type }: { type: string }) => type);
    expect(types.filter((type: string) => ['restored', 'alarm', 'breach'].includes(type))).toEqual(['restored']);
  });

  test('raises the alarm at the twelfth day and the breach at the fourteenth when the put-back itself fails', async () => {
    const { id } = await takenDown();
    const received = kit.deps.clock.now();
    await counter(id);
    // The job is lost; nothing but the alarms is left of the clock.
    await kit.db.sql(`delete from jobs where kind = 'dmca.put-back' and key = $1`, [id]);
    const kindsAt = async (day: number) => {
      await travelTo(endOfBusinessDay(received, day));
      const notices: { kind: string; data: { noticeId: string } }[] = await inbox(admin);
      return notices.filter((notice) => notice.data.noticeId === id).map(({ kind }) => kind);
    };
    expect(await kindsAt(11)).not.toContain('dmca.late');
    expect((await kindsAt(12))[0]).toBe('dmca.late');
    expect((await kindsAt(14))[0]).toBe('dmca.breach');
    expect(await dossier(id)).toMatchObject({ status: 'counter_noticed', alarm: 'breach' });
    const byHand = await kit.call(admin, 'POST', `/api/admin/dmca/${id}/restore`, { reason: 'The job was lost.' });
    expect(byHand.body).toMatchObject({ status: 'restored', restoredCause: 'put_back', alarm: null });
  });

  test('can be sent by somebody whose account three strikes closed, and opens it again', async () => {
    const matters = [await takenDown(), await takenDown(), await takenDown()];
    const banned = () =>
      kit.db.sql<{ is_active: boolean }>('select is_active from admin_penalties where user_id = $1', [creator.userId]);
    expect(await banned()).toEqual([{ is_active: true }]);
    const { putBackAt } = (await counter(matters[0]?.id ?? '')).body;
    await travelTo(new Date(putBackAt));
    expect(await banned()).toEqual([{ is_active: false }]);
    expect((await inbox(creator))[0].text).toContain('open again');
  });
});

describe('the claimant', () => {
  const court = { court: 'U.S. District Court, D. Or.', reference: '3:27-cv-00123' };

  test('stops the clock of that matter alone with a court action', async () => {
    const [stopped, running] = [await takenDown(), await takenDown()];
    await counter(stopped.id);
    const { putBackAt } = (await counter(running.id)).body;
    const path = `/api/v1/dmca/${stopped.id}/court-action?token=${stopped.token}`;
    const answer = await kit.call(null, 'POST', path, court);
    expect(answer.body).toMatchObject({ status: 'in_court', courtAction: court, putBackAt: null, may: ['retract'] });
    expect((await kit.call(null, 'POST', path, court)).status).toBe(409);
    await travelTo(new Date(Date.parse(putBackAt) + 60 * DAY_MS));
    expect([await isSeen(stopped.videoId), await isSeen(running.videoId)]).toEqual([false, true]);
    expect((await inbox(creator)).map(({ kind }: { kind: string }) => kind)).toContain('dmca.court_action');
    const over = await kit.call(admin, 'POST', `/api/admin/dmca/${stopped.id}/restore`, { reason: 'Dismissed.' });
    expect(over.body).toMatchObject({ status: 'restored', restoredCause: 'court' });
    expect(await isSeen(stopped.videoId)).toBe(true);
  });

  test('who went to court before the counter-notice keeps the material down', async () => {
    const { id, token, videoId } = await takenDown();
    await kit.call(null, 'POST', `/api/v1/dmca/${id}/court-action?token=${token}`, court);
    expect((await counter(id)).body).toMatchObject({ status: 'in_court', putBackAt: null });
    await kit.advance(60 * DAY_MS);
    expect(await isSeen(videoId)).toBe(false);
    expect((await follow(id, token)).counterNotice).not.toBeNull();
  });

  test('retracts at any time: the material is back and the strike gone', async () => {
    const { id, token, videoId } = await takenDown();
    await counter(id);
    const path = `/api/v1/dmca/${id}/retract?token=${token}`;
    expect((await kit.call(null, 'POST', path, { reason: 'We agreed.' })).body).toMatchObject({ status: 'retracted' });
    expect([await isSeen(videoId), await activeStrikes(creator)]).toEqual([true, 0]);
    expect((await strikesOf(creator))[0]?.lifted_cause).toBe('retraction');
    expect((await inbox(creator))[0].kind).toBe('dmca.retracted');
    expect((await kit.call(null, 'POST', path, { reason: 'Again.' })).status).toBe(409);
    await kit.advance(60 * DAY_MS);
    expect((await dossier(id)).status).toBe('retracted');
  });

  test('who retracts before a decision leaves no trace at the creator’s', async () => {
    const { videoId } = await recorded();
    const { id, token } = (await send(noticeOn('video', videoId))).body;
    await kit.call(null, 'POST', `/api/v1/dmca/${id}/retract?token=${token}`, { reason: 'Wrong video.' });
    expect(await inbox(creator)).toEqual([]);
    expect(JSON.stringify(await auditOf(id))).not.toContain(creator.userId);
    expect((await decide(id, 'approve')).status).toBe(409);
  });

  test('by letter is entered by an admin, without the token', async () => {
    const { id, videoId } = await takenDown();
    const answer = await kit.call(admin, 'POST', `/api/v1/dmca/${id}/retract`, { reason: 'A letter of 3 May.' });
    expect(answer.status).toBe(200);
    expect(await isSeen(videoId)).toBe(true);
    expect((await dossier(id)).steps.find(({ type }: { type: string }) => type === 'retracted').by.displayName).toBe(
      'Edda',
    );
  });

  test('of one of two notices about a video brings nothing back while the other stands, and keeps their strike', async () => {
    const { videoId } = await recorded();
    const [first, second] = [
      (await send(noticeOn('video', videoId))).body,
      (await send(noticeOn('video', videoId))).body,
    ];
    for (const { id } of [first, second]) await decide(id, 'approve');
    const retract = ({ id, token }: { id: string; token: string }) =>
      kit.call(null, 'POST', `/api/v1/dmca/${id}/retract?token=${token}`, { reason: 'Settled.' });
    await retract(first);
    expect([await isSeen(videoId), await activeStrikes(creator)]).toEqual([false, 1]);
    await retract(second);
    expect([await isSeen(videoId), await activeStrikes(creator)]).toEqual([true, 0]);
  });

  test.each(['report', 'notice'])(
    'takes back no decision of another kind that shares the day’s strike, with the %s first',
    async (first) => {
      const { videoId } = await recorded();
      const { id, token } = (await send(noticeOn('video', videoId))).body;
      const report = await kit.call(viewer, 'POST', `/api/v1/videos/${videoId}/report`, { reason: 'hate' });
      const approveReport = () =>
        kit.call(admin, 'POST', `/api/admin/reports/${report.body.id}/resolve`, {
          decision: 'approved',
          reason: 'Hate.',
        });
      const acts = [approveReport, () => decide(id, 'approve')];
      for (const act of first === 'report' ? acts : acts.reverse()) expect((await act()).status).toBe(200);
      expect(await activeStrikes(creator)).toBe(1);
      await kit.call(null, 'POST', `/api/v1/dmca/${id}/retract?token=${token}`, { reason: 'Settled.' });
      await kit.advance(1_000);
      expect(await activeStrikes(creator)).toBe(1);
      const [video] = await kit.db.sql('select removal from videos where id = $1', [videoId]);
      expect(video).toEqual({ removal: 'removed' });
      const reasons = await kit.db.sql(
        `select decision_kind, reversed_at is null as stands from statements_of_reasons where user_id = $1 order by 1`,
        [creator.userId],
      );
      expect(reasons).toEqual([
        { decision_kind: 'dmca', stands: false },
        { decision_kind: 'report', stands: true },
      ]);
    },
  );
});

describe('an accepted appeal against the strike', () => {
  const appeal = async () => {
    const [strike] = await strikesOf(creator);
    await kit.db.database.asSystem('an appeal of this test', (tx) =>
      liftStrike(tx, strike?.id ?? '', {
        by: admin.userId,
        reason: 'A quotation.',
        cause: 'appeal',
        at: kit.deps.clock.now(),
      }),
    );
    await kit.settle();
  };

  test('puts the material back, for every notice that stands on it', async () => {
    const { videoId } = await recorded();
    const ids = [(await send(noticeOn('video', videoId))).body.id, (await send(noticeOn('video', videoId))).body.id];
    for (const id of ids) await decide(id, 'approve');
    await appeal();
    expect([await isSeen(videoId), await activeStrikes(creator)]).toEqual([true, 0]);
    for (const id of ids) expect(await dossier(id)).toMatchObject({ status: 'restored', restoredCause: 'appeal' });
  });

  test('leaves the clock of a counter-notice running, and the put-back finds nothing left to lift', async () => {
    const { id, videoId } = await takenDown();
    const { putBackAt } = (await counter(id)).body;
    await appeal();
    expect([await isSeen(videoId), await activeStrikes(creator)]).toEqual([false, 0]);
    await travelTo(new Date(putBackAt));
    expect(await isSeen(videoId)).toBe(true);
    expect((await dossier(id)).restoredCause).toBe('put_back');
  });

  test('brings nothing back while a court action runs', async () => {
    const { id, token, videoId } = await takenDown();
    const court = { court: 'A court', reference: '1' };
    await kit.call(null, 'POST', `/api/v1/dmca/${id}/court-action?token=${token}`, court);
    await appeal();
    expect(await isSeen(videoId)).toBe(false);
    expect((await dossier(id)).status).toBe('in_court');
  });
});

describe('a notice by mail or post', () => {
  test('may be incomplete, is chased, completed and then decided', async () => {
    const { videoId } = await recorded();
    const { accuracyUnderPerjury: _a, signature: _s, ...partial } = noticeOn('video', videoId);
    const entered = await kit.call(admin, 'POST', '/api/admin/dmca', { source: 'post', notice: partial });
    expect(entered.status).toBe(201);
    expect(entered.body).toMatchObject({ status: 'incomplete', missing: ['signature', 'accuracyUnderPerjury'] });
    const { id } = entered.body;
    expect((await decide(id, 'approve')).body).toMatchObject({
      code: 'notice_incomplete',
      missing: ['signature', 'accuracyUnderPerjury'],
    });
    const chased = await kit.call(admin, 'POST', `/api/admin/dmca/${id}/chase`, { reason: 'Wrote to Rita.' });
    expect(chased.body.status).toBe('chased');
    const half = await kit.call(admin, 'PATCH', `/api/admin/dmca/${id}`, { signature: 'Rita Holder' });
    expect(half.body).toMatchObject({ status: 'chased', missing: ['accuracyUnderPerjury'] });
    const whole = await kit.call(admin, 'PATCH', `/api/admin/dmca/${id}`, { accuracyUnderPerjury: true });
    expect(whole.body).toMatchObject({ status: 'valid', missing: [] });
    expect((await kit.call(admin, 'PATCH', `/api/admin/dmca/${id}`, { signature: 'x' })).status).toBe(409);
    expect((await decide(id, 'approve')).status).toBe(200);
    expect((await kit.call(admin, 'POST', `/api/admin/dmca/${id}/void`, { reason: 'x' })).status).toBe(409);
  });

  test('is completed, chased and closed by nobody whose own content it is about', async () => {
    const owner = await kit.person('Olga', { role: 'admin', tier: 'pro' });
    const streamId = await kit.start(owner, { title: 'Her own' });
    const notice = { target: { type: 'livestream', id: streamId }, claimedWork: 'A song' };
    const { id } = (await kit.call(admin, 'POST', '/api/admin/dmca', { source: 'post', notice })).body;
    const path = `/api/admin/dmca/${id}`;
    const answers = [
      await kit.call(owner, 'PATCH', path, { claimedWork: 'Nothing' }),
      await kit.call(owner, 'POST', `${path}/chase`, { reason: 'x' }),
      await kit.call(owner, 'POST', `${path}/void`, { reason: 'x' }),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(['own_content', 'own_content', 'own_content']);
    expect((await dossier(id)).status).toBe('incomplete');
  });

  test('is void when its sender stays silent', async () => {
    const { id } = (await kit.call(admin, 'POST', '/api/admin/dmca', { source: 'mail', notice: {} })).body;
    expect((await kit.call(admin, 'POST', `/api/admin/dmca/${id}/void`, { reason: 'No answer.' })).body.status).toBe(
      'void',
    );
    expect((await decide(id, 'approve')).body.code).toBe('already_decided');
  });
});

test('the admins’ list counts, filters, searches and pages', async () => {
  const { videoId } = await recorded();
  const claimedWork = 'A very particular aria';
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) {
    ids.push((await send(noticeOn('video', videoId, { claimedWork }))).body.id);
    await kit.advance(1000);
  }
  await decide(ids[0] ?? '', 'reject');
  const list = async (query: string) => (await kit.call(admin, 'GET', `/api/admin/dmca?${query}`)).body;
  const found = await list('q=particular%20ARIA');
  expect(found.items.map(({ id }: { id: string }) => id)).toEqual(ids.toReversed());
  expect(found.counts.rejected).toBeGreaterThan(0);
  const waiting = await list('q=particular&status=valid&limit=1');
  expect(waiting.items.map(({ id }: { id: string }) => id)).toEqual([ids[1]]);
  const rest = await list(`q=particular&status=valid&limit=1&cursor=${waiting.nextCursor}`);
  expect([rest.items[0].id, rest.nextCursor]).toEqual([ids[2], null]);
  expect((await list('q=%25')).items).toEqual([]);
  expect((await kit.call(viewer, 'GET', '/api/admin/dmca')).status).toBe(403);
});

describe('settings', () => {
  const agent = { name: 'Ada Agent', address: '1 Main St', email: 'agent@virgil.test', phone: '+1 212 555 0100' };
  const change = (body: object) => kit.call(admin, 'PUT', '/api/admin/dmca-settings', body);

  test('name the agent, whose registration ends after three years with a reminder before', async () => {
    const registeredOn = kit.deps.clock.now().toISOString().slice(0, 10);
    const saved = await change({ agent: { ...agent, registeredOn }, timeZone: 'Pacific/Honolulu' });
    const renewBy = `${Number(registeredOn.slice(0, 4)) + 3}${registeredOn.slice(4)}`;
    expect(saved.body).toMatchObject({
      agent: { renewBy, registrationNumber: '' },
      timeZone: 'Pacific/Honolulu',
      lumenExport: false,
    });
    const reminders = async () =>
      (await inbox(admin)).filter(({ kind }: { kind: string }) => kind === 'dmca.agent_renewal').length;
    await travelTo(new Date(endOfDay('Pacific/Honolulu', renewBy).getTime() - 61 * DAY_MS));
    expect(await reminders()).toBe(0);
    await kit.advance(2 * DAY_MS);
    expect(await reminders()).toBe(1);
    await kit.advance(46 * DAY_MS);
    expect(await reminders()).toBe(2);
    await kit.advance(14 * DAY_MS);
    expect(await reminders()).toBe(3);
  });

  test('decide in whose time zone business days are counted', async () => {
    await change({ agent, timeZone: 'Pacific/Honolulu' });
    const { id } = await takenDown();
    const received = kit.deps.clock.now();
    const { putBackAt } = (await counter(id)).body;
    const day = businessDayAfter(dayIn('Pacific/Honolulu', received), 10);
    expect(putBackAt).toBe(endOfDay('Pacific/Honolulu', day).toISOString());
    await change({ timeZone: 'America/New_York' });
  });

  test('refuse a time zone that is none, and whoever is no admin', async () => {
    expect((await change({ timeZone: 'Mars/Olympus' })).body.errors).toMatchObject([{ path: 'timeZone' }]);
    expect((await kit.call(viewer, 'PUT', '/api/admin/dmca-settings', { timeZone: 'UTC' })).status).toBe(403);
  });

  test('keep notices from Lumen until it is switched on, and then without anybody’s contact', async () => {
    const { id } = await takenDown();
    await counter(id);
    const path = `/api/admin/dmca/${id}/lumen`;
    expect((await kit.call(admin, 'GET', path)).body.code).toBe('not_allowed');
    await change({ agent, timeZone: 'America/New_York', lumenExport: true });
    const { body } = await kit.call(admin, 'GET', path);
    expect(body.notice).toMatchObject({ type: 'DMCA', action_taken: 'Yes' });
    for (const secret of ['Harbour Street', 'rita@holder', '555 0100', 'Mira Voss', '1010 Wien']) {
      expect(JSON.stringify(body)).not.toContain(secret);
    }
    await change({ timeZone: 'America/New_York' });
  });
});
