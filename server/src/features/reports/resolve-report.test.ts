import type { StreamId } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LiveKit, liveKit } from '../../../test/kit/live-kit.ts';
import type { Person } from '../../actor.ts';
import { liftStrike } from '../strikes/index.ts';

let kit: LiveKit;
let admin: Person;
let other: Person;
let ben: Person;
let streamId: StreamId;
let number = 0;
const DAY_MS = 24 * 3_600_000;
beforeAll(async () => {
  kit = await liveKit();
  // Strikes of one day share: no test may run into midnight.
  const now = kit.deps.clock.now().getTime();
  await kit.advance(DAY_MS - (now % DAY_MS) + DAY_MS / 2);
  admin = await kit.person('Ana Admin', { role: 'admin' });
  other = await kit.person('Otto Admin', { role: 'admin' });
  ben = await kit.person('Ben');
  streamId = await kit.start(await kit.person('Host', { tier: 'pro' }), { title: 'The room' });
});
afterAll(() => kit.close());

const report = async (who: Person, type: string, id: string, fields: object = {}) => {
  const { body, status } = await kit.call(who, 'POST', '/api/v1/reports', {
    subject: { type, id },
    reason: 'hate',
    ...fields,
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id as string;
};
const resolve = (who: Person, id: string, fields: object = {}) =>
  kit.call(who, 'POST', `/api/admin/reports/${id}/resolve`, {
    decision: 'approved',
    reason: 'Calls for violence',
    ...fields,
  });
const write = async (author: Person, text = 'words') => {
  const id = uuidv7();
  await kit.db.sql(
    `insert into stream_messages (id, stream_id, channel_id, user_id, display_name, message, dante_realm, seq, status,
       scored_by, created_at)
     select $1, s.id, s.channel_id, $3, 'Someone', $5, 'purgatorio', $4, 'published', 'rules', now()
     from livestreams s where s.id = $2`,
    [id, streamId, author.userId, ++number, text],
  );
  return id;
};
const noticesOf = (who: Person) =>
  kit.db.sql<{ kind: string; text: string; data: Record<string, string> }>(
    'select kind, text, data from notifications where user_id = $1 order by id',
    [who.userId],
  );
const countOf = async (query: string, id: string) =>
  Number((await kit.db.sql<{ n: number }>(`select count(*)::integer as n from ${query}`, [id]))[0]?.n);

describe('approving a report', () => {
  test('removes the line, gives one strike, and tells author and reporters', async () => {
    const author = await kit.person('Author');
    const carla = await kit.person('Carla');
    const message = await write(author, 'go and hurt them');
    const id = await report(ben, 'message', message);
    await report(carla, 'message', message, { reason: 'violence', description: 'Look at the third word.' });
    const { body, status } = await resolve(admin, id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      report: {
        id,
        status: 'approved',
        voices: 2,
        owner: { displayName: 'Author' },
        title: 'go and hurt them',
        resolution: { reason: 'Calls for violence', by: { displayName: 'Ana Admin' }, abusive: false },
      },
      strike: { number: 1 },
      banned: false,
      muted: 0,
    });

    const [line] = await kit.db.sql('select status from stream_messages where id = $1', [message]);
    expect(line).toEqual({ status: 'removed' });
    const history = await kit.call(ben, 'GET', `/api/v1/livestreams/${streamId}`);
    expect(history.status).toBe(200);

    const letters = await noticesOf(author);
    expect(letters).toHaveLength(1);
    const [letter] = letters;
    expect(letter?.kind).toBe('statement.message_removed');
    expect(letter?.text.split('\n\n')).toEqual([
      'Your message “go and hurt them” was removed. Reason: Calls for violence. If you want to appeal, open Appeals Center.',
      expect.stringMatching(/^This is your first active strike\./),
    ]);
    expect(letter?.data).toMatchObject({ statementId: body.statementId, receipt: expect.any(String) });
    for (const reporter of [ben, carla]) {
      const outcome = (await noticesOf(reporter)).filter(({ data }) => data.reportId === id);
      expect(outcome.map(({ kind }) => kind)).toEqual(['report_approved']);
      // Neither whose it was, nor who else reported it, nor the admin's words.
      expect(outcome[0]?.text).not.toMatch(/Author|Ben|Carla|Calls for/);
    }
  });

  test('ends a livestream with its title in the letter, and takes another rule than the report named', async () => {
    const creator = await kit.person('Streamer', { tier: 'pro' });
    const stream = await kit.start(creator, { title: 'Night “shift”.' });
    const id = await report(ben, 'livestream', stream, { reason: 'spam' });
    const { body } = await resolve(admin, id, { reason: 'Insults without end.', category: 'toxicity' });
    expect(body.report).toMatchObject({ status: 'approved', reason: 'spam' });
    const [row] = await kit.db.sql('select is_active, end_reason from livestreams where id = $1', [stream]);
    expect(row).toEqual({ is_active: false, end_reason: 'decision' });
    const [letter] = await noticesOf(creator);
    expect(letter?.text).toMatch(
      /^Your livestream “Night “shift”\.” was ended .* Reason: Insults without end\. If you want/,
    );
    const [strike] = await kit.db.sql('select category, lineage_key from content_safety_strikes where id = $1', [
      body.strike.id,
    ]);
    expect(strike).toEqual({ category: 'toxicity', lineage_key: `stream:${stream}` });
  });

  test('about a person removes nothing and gives the strike', async () => {
    const target = await kit.person('Target');
    const { body } = await resolve(admin, await report(ben, 'user', target.userId));
    expect(body.strike).toMatchObject({ number: 1 });
    expect(await kit.db.sql('select 1 from content_removals where owner_id = $1', [target.userId])).toEqual([]);
    expect((await noticesOf(target))[0]?.text).toMatch(/^Punishment: Strike\. Reason: Calls for violence\./);
  });

  test('about what is gone in the meantime still reaches its maker', async () => {
    const author = await kit.person('Quick');
    const message = await write(author);
    const id = await report(ben, 'message', message);
    await kit.db.sql('delete from stream_messages where id = $1', [message]);
    const { body, status } = await resolve(admin, id);
    expect([status, body.report.title, body.strike.number]).toEqual([200, null, 1]);
    const page = await kit.call(admin, 'GET', `/api/admin/reports/${id}`);
    expect(page.body.context).toEqual({ type: 'gone' });
  });

  test('of a stream and of its recording on one day is one strike, told once', async () => {
    const creator = await kit.person('Twice', { tier: 'pro' });
    const stream = await kit.start(creator);
    await kit.db.sql(
      `insert into videos (id, channel_id, stream_id, title, duration_ms, size_bytes, is_public, file_key, created_at,
         updated_at) values ($1, $2, $3, 'Rec', 1, 1, true, $1, now(), now())`,
      [`rec-${stream}`, creator.userId, stream],
    );
    const first = await report(ben, 'livestream', stream);
    const second = await report(ben, 'video', `rec-${stream}`);
    const page = await kit.call(admin, 'GET', `/api/admin/reports/${first}`);
    expect(page.body.related).toEqual([{ id: second, subject: { type: 'video', id: `rec-${stream}` }, voices: 1 }]);
    const strike = (await resolve(admin, first)).body.strike;
    const again = await kit.call(admin, 'GET', `/api/admin/reports/${second}`);
    expect(again.body.consequence).toEqual({ removes: true, strikeNumber: 1, sharesStrike: true, bans: false });
    expect((await resolve(admin, second)).body.strike).toEqual(strike);
    const letters = await noticesOf(creator);
    expect(letters.map(({ text }) => text.includes('first active strike'))).toEqual([true, false]);
  });

  test('for the third time closes the account', async () => {
    const repeat = await kit.person('Repeat');
    for (const banned of [false, false, true]) {
      const id = await report(ben, 'message', await write(repeat));
      const page = await kit.call(admin, 'GET', `/api/admin/reports/${id}`);
      expect(page.body.consequence.bans).toBe(banned);
      expect((await resolve(admin, id)).body.banned).toBe(banned);
    }
    expect((await kit.call(admin, 'GET', '/api/admin/reports?q=Repeat&status=approved')).body.items).toHaveLength(3);
  });
});

describe('rejecting a report', () => {
  test('changes nothing but the report, and tells the reporters', async () => {
    const author = await kit.person('Blameless');
    const message = await write(author, 'good evening');
    const id = await report(ben, 'message', message);
    const { body } = await resolve(admin, id, { decision: 'rejected', reason: 'A greeting' });
    expect(body).toMatchObject({ report: { status: 'rejected' }, strike: null, statementId: null });
    const [line] = await kit.db.sql('select status from stream_messages where id = $1', [message]);
    expect(line).toEqual({ status: 'published' });
    expect(await noticesOf(author)).toEqual([]);
    const [outcome] = (await noticesOf(ben)).filter(({ data }) => data.reportId === id);
    expect(outcome).toMatchObject({ kind: 'report_rejected', data: { subjectType: 'message' } });
    expect(outcome?.text).toContain('found no breach of the rules');
  });
});

describe('a report is decided once', () => {
  test('and whoever comes later reads what was decided, and by whom', async () => {
    const id = await report(ben, 'message', await write(await kit.person('Once')));
    await resolve(admin, id);
    for (const decision of ['approved', 'rejected']) {
      const { body, status } = await resolve(other, id, { decision, reason: 'Otherwise' });
      expect([status, body.code]).toEqual([409, 'already_decided']);
      expect(body.detail).toMatch(/^Ana Admin approved this report at .*Reason: Calls for violence$/);
    }
  });

  test('by nobody whose own it is about, nor by anyone but admins', async () => {
    const id = await report(ben, 'user', admin.userId);
    expect((await resolve(admin, id)).body.code).toBe('own_content');
    const staff = await kit.person('Staff', { role: 'moderator' });
    for (const who of [ben, staff]) {
      expect((await resolve(who, id)).body.code).toBe('not_allowed');
      expect((await kit.call(who, 'GET', '/api/admin/reports')).body.code).toBe('not_allowed');
      expect((await kit.call(who, 'GET', `/api/admin/reports/${id}`)).body.code).toBe('not_allowed');
    }
    expect((await resolve(admin, 'nothing')).body.code).toBe('not_found');
    expect((await resolve(other, id, { reason: '  ' })).body.code).toBe('invalid');
    expect((await resolve(other, id, { abusive: true })).body.code).toBe('invalid');
    expect((await resolve(other, id, { decision: 'rejected', category: 'spam' })).body.code).toBe('invalid');
    expect((await resolve(other, id, { decision: 'rejected' })).status).toBe(200);
  });

  test('when two admins decide at once: fifty times one decision, one strike, one letter, one entry', async () => {
    for (let round = 0; round < 50; round++) {
      const author = await kit.person(`Racer ${round}`);
      const message = await write(author);
      const id = await report(ben, 'message', message);
      const answers = await Promise.all([
        resolve(admin, id, { reason: 'from Ana' }),
        resolve(other, id, { reason: 'from Otto' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [won, lost] = answers[0].status === 200 ? answers : answers.toReversed();
      expect(lost?.body.detail).toContain(`Reason: ${won?.body.report.resolution.reason}`);
      expect([
        await countOf(`content_removals where decision_id = $1`, id),
        await countOf(`content_safety_strikes where user_id = $1`, author.userId),
        await countOf(`notifications where user_id = $1`, author.userId),
        await countOf(`statements_of_reasons where decision_id = $1`, id),
        await countOf(`audit_outbox where type = 'REPORT_RESOLVED' and entity_id = $1`, id),
        await countOf(`audit_outbox where type = 'STRIKE_ISSUED' and details->>'userId' = $1`, author.userId),
        await countOf(`notifications where kind = 'report_approved' and data->>'reportId' = $1`, id),
      ]).toEqual([1, 1, 1, 1, 1, 1, 1]);
    }
  });

  test('also when another voice comes at the same moment: it is told, or it opens a new report', async () => {
    for (let round = 0; round < 10; round++) {
      const message = await write(await kit.person(`Late ${round}`));
      const late = await kit.person(`Latecomer ${round}`);
      const id = await report(ben, 'message', message);
      const [answer, lateReport] = await Promise.all([
        resolve(admin, id, { decision: 'rejected' }),
        report(late, 'message', message),
      ]);
      expect(answer.status).toBe(200);
      const told = (await noticesOf(late)).length;
      expect([lateReport === id, told]).toEqual([lateReport === id, lateReport === id ? 1 : 0]);
    }
  });
});

test('lifting the strike by an appeal puts back what the report removed', async () => {
  const author = await kit.person('Appealer');
  const message = await write(author);
  const id = await report(ben, 'message', message);
  const { strike } = (await resolve(admin, id)).body;
  await kit.db.database.asSystem('an appeal is accepted', (tx) =>
    liftStrike(tx, strike.id, { by: other.userId, reason: 'Satire', at: kit.deps.clock.now(), cause: 'appeal' }),
  );
  await kit.settle();
  const [line] = await kit.db.sql('select status from stream_messages where id = $1', [message]);
  expect(line).toEqual({ status: 'published' });
  const [statement] = await kit.db.sql('select reversed_because from statements_of_reasons where decision_id = $1', [
    id,
  ]);
  expect(statement).toEqual({ reversed_because: 'appeal' });
});

describe('abusive reporters', () => {
  const harass = async (who: Person, times: number) => {
    for (let n = 0; n < times; n++) {
      const id = await report(who, 'message', await write(await kit.person('Victim')));
      const { body } = await resolve(admin, id, { decision: 'rejected', reason: 'Made up', abusive: true });
      expect(body.muted).toBe(n === 2 ? 1 : 0);
    }
  };

  test('are warned, then muted: their reports are taken politely and raise nothing', async () => {
    const troll = await kit.person('Troll');
    await harass(troll, 3);
    const told = (await noticesOf(troll)).map(({ data }) => data.abuse ?? null);
    expect(told).toEqual([null, 'warn', 'mute']);

    const victim = await kit.person('Third victim');
    const answer = await kit.call(troll, 'POST', '/api/v1/reports', {
      subject: { type: 'user', id: victim.userId },
      reason: 'minors',
    });
    expect([answer.status, answer.body.status]).toEqual([201, 'pending']);
    expect((await kit.call(admin, 'GET', '/api/admin/reports?q=Third')).body).toMatchObject({
      items: [],
      counts: { pending: 0 },
    });
    expect((await kit.call(admin, 'GET', `/api/admin/reports/${answer.body.id}`)).status).toBe(404);
    expect((await resolve(admin, answer.body.id)).status).toBe(404);
    // Again is the first again; and it does not raise the report of somebody who is heard.
    expect(await report(troll, 'user', victim.userId)).toBe(answer.body.id);
    const real = await report(ben, 'user', victim.userId);
    await report(troll, 'user', victim.userId);
    const listed = await kit.call(admin, 'GET', '/api/admin/reports?q=Third');
    expect(listed.body.items).toMatchObject([{ id: real, voices: 1, reason: 'hate' }]);

    const muted = await kit.call(admin, 'GET', '/api/admin/report-mutes?q=troll');
    expect(muted.body.items).toMatchObject([{ user: { displayName: 'Troll' }, abusiveReports: 3, setAside: 1 }]);
    const lift = () => kit.call(admin, 'POST', `/api/admin/report-mutes/${troll.userId}/lift`, { reason: 'Promised' });
    expect((await lift()).status).toBe(200);
    expect((await lift()).body.code).toBe('already_decided');
    expect((await noticesOf(troll)).at(-1)?.kind).toBe('reporter_unmuted');
    // What was before is forgiven: one more is not the fourth.
    await report(troll, 'user', victim.userId, { reason: 'spam' });
    const next = await report(troll, 'message', await write(victim));
    const { body } = await resolve(admin, next, { decision: 'rejected', abusive: true });
    expect(body.muted).toBe(0);
  });

  test('are heard again when the time is over', async () => {
    const patient = await kit.person('Patient');
    await harass(patient, 3);
    await kit.advance(31 * DAY_MS);
    const victim = await kit.person('Fourth');
    const id = await report(patient, 'user', victim.userId);
    expect((await kit.call(admin, 'GET', `/api/admin/reports/${id}`)).status).toBe(200);
    expect((await kit.call(admin, 'GET', '/api/admin/report-mutes')).body.items).toEqual([]);
  });
});

describe('the queue', () => {
  test('counts, filters, searches and pages; what concerns minors comes first', async () => {
    const people = await Promise.all(['a', 'b', 'c', 'd'].map((name) => kit.person(`Queue ${name}`)));
    const [a, b, c, d] = people as [Person, Person, Person, Person];
    const carla = await kit.person('Second voice');
    await report(ben, 'user', a.userId, { reason: 'spam' });
    await report(ben, 'user', b.userId, { reason: 'harassment' });
    await report(carla, 'user', b.userId, { reason: 'spam' });
    const grave = await report(ben, 'user', c.userId, { reason: 'other' });
    await report(carla, 'user', c.userId, { reason: 'minors' });
    await report(ben, 'user', d.userId, { reason: 'rights' });
    const list = async (query: string) => (await kit.call(admin, 'GET', `/api/admin/reports?q=Queue&${query}`)).body;
    const names = (body: { items: { title: string }[] }) => body.items.map(({ title }) => title.slice(-1)).join('');

    const all = await list('');
    expect([names(all), all.counts]).toEqual(['cbad', { pending: 4, approved: 0, rejected: 0 }]);
    expect(all.items[0]).toMatchObject({ id: grave, reason: 'minors', hidePreview: true });
    expect(names(await list('sort=oldest'))).toBe('cabd');
    expect(names(await list('sort=newest'))).toBe('cdba');
    for (const sort of ['voices', 'oldest', 'newest']) {
      let found = '';
      let cursor = '';
      do {
        const page = await list(`sort=${sort}&limit=1${cursor}`);
        found += names(page);
        cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
      } while (cursor !== '');
      expect([sort, found]).toEqual([sort, names(await list(`sort=${sort}`))]);
    }
    expect(names(await list('reason=rights'))).toBe('d');
    expect(names(await list('type=message'))).toBe('');
    await resolve(admin, grave, { decision: 'rejected' });
    expect((await list('status=pending')).counts).toEqual({ pending: 3, approved: 0, rejected: 1 });
    expect(names(await list('status=rejected'))).toBe('c');
    // A cursor of another order is no cursor of this one.
    const { nextCursor } = await list('sort=oldest&limit=1');
    expect((await list(`sort=voices&cursor=${nextCursor}`)).code).toBe('invalid');
  });

  test('shows a line among its neighbours, every voice, and earlier decisions about the same person', async () => {
    const author = await kit.person('Known');
    await resolve(admin, await report(ben, 'message', await write(author, 'first offence')));
    const before = await write(ben, 'before');
    const message = await write(author, 'second offence');
    await write(ben, 'after');
    const id = await report(ben, 'message', message, { description: 'Again.' });
    const { body } = await kit.call(admin, 'GET', `/api/admin/reports/${id}`);
    const texts = body.context.lines.map((line: { text: string; isSubject: boolean }) => [line.text, line.isSubject]);
    expect(texts.slice(-3)).toEqual([
      ['before', false],
      ['second offence', true],
      ['after', false],
    ]);
    expect(body.context.lines.map((line: { id: string }) => line.id)).toContain(before);
    expect(body.voices).toMatchObject([{ reporter: { displayName: 'Ben' }, reason: 'hate', description: 'Again.' }]);
    expect(body.earlier).toMatchObject([{ restriction: 'message_removed', category: 'hate', reversedAt: null }]);
    expect(body.consequence).toEqual({ removes: true, strikeNumber: 2, sharesStrike: false, bans: false });
  });
});
