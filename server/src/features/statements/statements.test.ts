import type { UserId } from '@virgil/contract';
import { notifications, reports, restriction, statementSubject, statements, transparency } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';
import { type DsaEndpoint, dsaEndpoint } from '../../../test/kit/dsa-endpoint.ts';
import { statementsOfReasons } from '../../db/schema/index.ts';
import {
  dsaRecordOf,
  issueStatement,
  listExported,
  type NewStatement,
  type RecordedStatement,
  withdrawStatement,
} from './index.ts';

let endpoint: DsaEndpoint;
let app: TestApp;
let admin: SignedIn;
let mira: SignedIn;
let other: SignedIn;
beforeAll(async () => {
  endpoint = await dsaEndpoint();
  const env = { DSA_DATABASE_URL: `${endpoint.url}/`, DSA_DATABASE_TOKEN: endpoint.token };
  app = await testApp({ env });
  admin = await app.signUp({ role: 'admin', name: 'Ana Admin' });
  mira = await app.signUp({ name: 'Mira Voss' });
  other = await app.signUp();
});
afterAll(async () => {
  await app.close();
  await endpoint.close();
});

const statement = (change: Partial<NewStatement> = {}): NewStatement => ({
  userId: mira.id,
  decision: { kind: 'report', id: uuidv7() },
  restriction: 'video_removed',
  subject: { type: 'video', id: 'v1', title: 'Night shift', at: new Date('2026-11-20T21:00:00Z') },
  reason: 'Insults against mira voss, see mail@example.org',
  category: 'toxicity',
  source: 'report',
  automated: { detection: false, decision: 'none' },
  until: null,
  warning: { kind: 'strike_warning', text: 'This is your first active strike.', data: { strikeNumber: '1' } },
  appeal: { type: 'strike', id: 's1' },
  issuedBy: admin.id,
  at: app.app.clock.now(),
  ...change,
});
const issue = (change: Partial<NewStatement> = {}) =>
  app.storage.database.asSystem('a test decides', (tx) => issueStatement(tx, statement(change)));
const noticesOf = (who: SignedIn) =>
  app.storage.sql<{ kind: string; text: string; data: Record<string, string>; sent_by: string | null }>(
    'select kind, text, data, sent_by from notifications where user_id = $1 order by id',
    [who.id as string],
  );

describe('a statement of reasons', () => {
  test('is the one letter of the act, with the warning as its last paragraph', async () => {
    const before = (await noticesOf(mira)).length;
    const { statementId } = await issue();
    const letters = (await noticesOf(mira)).slice(before);
    expect(letters).toHaveLength(1);
    expect(letters[0]?.text.split('\n\n')).toEqual([
      'Your video “Night shift” was removed. Nobody but you and the platform’s admins can see it. ' +
        'Reason: Insults against mira voss, see mail@example.org. If you want to appeal, open Appeals Center.',
      'This is your first active strike.',
    ]);
    expect(letters[0]).toMatchObject({
      kind: 'statement.video_removed',
      data: { statementId, warning: 'strike_warning', strikeNumber: '1', appealable: 'true' },
    });
  });

  test('exists once a decision, however often it is carried out', async () => {
    const decision = { kind: 'report', id: uuidv7() } as const;
    const [first, second] = [await issue({ decision }), await issue({ decision, reason: 'Another' })];
    expect(second).toEqual(first);
    const letters = (await noticesOf(mira)).filter(({ data }) => data.statementId === first.statementId);
    expect(letters).toHaveLength(1);
  });

  test('is read by the person concerned and by admins, and by nobody else', async () => {
    const { statementId } = await issue({ until: new Date('2026-12-01T10:00:00Z'), receipt: 'event-1' });
    const params = { id: statementId };
    const read = await mira.call(statements.getStatement, { params });
    expect(read).toMatchObject({
      subject: { type: 'video', id: 'v1', title: 'Night shift' },
      ground: { kind: 'terms', rule: 'Community rules: insults' },
      until: '2026-12-01T10:00:00.000Z',
      appeal: { type: 'strike', id: 's1' },
      receipt: 'event-1',
      reversal: null,
    });
    expect(JSON.stringify(read)).not.toContain(admin.id);
    expect((await admin.attempt(statements.getStatement, { params })).status).toBe(200);
    expect((await other.attempt(statements.getStatement, { params })).problem?.code).toBe('not_found');
    expect((await app.guest().attempt(statements.getStatement, { params })).problem?.code).toBe('sign_in_required');
  });

  test('of a ban that cannot be appealed says so, in the words that are fixed', async () => {
    await issue({ restriction: 'account_terminated', subject: null, category: 'fraud', appeal: null, warning: null });
    const letter = (await noticesOf(mira)).at(-1)?.text ?? '';
    expect(letter).toContain('This permanent ban cannot be appealed due to the severity of the violation.');
    expect(letter).not.toContain('open Appeals Center');
  });

  test('works with an admin’s own rights too, and then in their own name alone', async () => {
    const actor = { kind: 'person', userId: admin.id as UserId, role: 'admin' } as const;
    const { statementId } = await app.storage.database.asActor(actor, (tx) => issueStatement(tx, statement()));
    expect(statementId).toBeTruthy();
    const forged = app.storage.database.asActor(actor, (tx) => issueStatement(tx, statement({ issuedBy: other.id })));
    await expect(forged).rejects.toThrow();
  });
});

describe('the hand-over to the public database', () => {
  test('sends every restriction once, and no warning, whatever happens on the way', async () => {
    await issue({ restriction: 'strike', subject: null });
    endpoint.fail('error 500');
    await app.advance(11 * 60_000);
    expect(endpoint.stored.size).toBe(0);
    endpoint.fail(null);
    endpoint.loseNextAnswer();
    await app.advance(11 * 60_000);
    await app.advance(11 * 60_000);
    const [{ n } = { n: 0 }] = await app.storage.sql<{ n: number }>(
      `select count(*)::integer as n from statements_of_reasons where restriction <> 'strike'`,
    );
    expect(endpoint.stored.size).toBe(n);
    const calls = endpoint.calls.length;
    await app.advance(11 * 60_000);
    expect(endpoint.calls.length).toBe(calls);
    const { statementExport } = await admin.call(transparency.getAdminTransparency);
    expect(statementExport).toMatchObject({ enabled: true, waiting: 0, sent: n, refused: 0, problems: [] });
  });

  test('takes names, addresses and numbers out of what it sends', () => {
    const facts = JSON.stringify([...endpoint.stored.values()]);
    expect(facts).toContain('Insults against [name], see [e-mail]');
    expect(facts).not.toMatch(/mira|example\.org/i);
    for (const id of [mira.id, admin.id]) expect(facts).not.toContain(id);
  });

  test('can be read in the same form by admins, in pages and as a table', async () => {
    const all: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.call(transparency.listDsaStatements, { query: { limit: 2, cursor } });
      all.push(...page.items.map(({ puid }) => puid));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(all).toEqual([...endpoint.stored.keys()]);
    const csv = await (await admin.fetch('/api/admin/transparency/statements/csv')).text();
    expect(csv.trim().split('\r\n')).toHaveLength(all.length + 1);
    expect((await mira.attempt(transparency.listDsaStatements)).problem?.code).toBe('not_allowed');
  });

  test('the list of what is handed over holds exactly what has a record, for every restriction and subject', async () => {
    const subjects = [null, ...statementSubject.options];
    const has = await app.storage.database.asSystem('every kind of statement', async (tx) => {
      for (const each of restriction.options) {
        for (const type of subjects) {
          const subject = type === null ? null : { type, id: 'x', title: null, at: app.app.clock.now() };
          await issueStatement(
            tx,
            statement({ restriction: each, subject, decision: { kind: 'review', id: uuidv7() } }),
          );
        }
      }
      const all = await tx.select().from(statementsOfReasons);
      const recorded = all.map((row) => ({ ...row, displayName: null }) as RecordedStatement);
      const withRecord = recorded.filter((row) => dsaRecordOf(row) !== null).map(({ id }) => id);
      const listed = (await listExported(tx, null, 1_000)).map(({ id }) => id);
      return { withRecord: withRecord.sort(), listed: listed.sort() };
    });
    expect(has.listed).toEqual(has.withRecord);
    expect(has.listed.length).toBeGreaterThan(restriction.options.length);
  });
});

describe('a decision that may still be undone', () => {
  /** Longer than in the product: a busy machine must not reach it by itself. */
  const HOUR = 3_600_000;
  const deliverAt = () => new Date(app.app.clock.now().getTime() + HOUR);
  const decision = () => ({ kind: 'review', id: uuidv7() }) as const;
  const told = async () =>
    (await noticesOf(mira)).filter(({ kind }) => kind === 'statement.message_rejected').map(({ data }) => data);
  const rejected = { restriction: 'message_rejected', warning: null, appeal: null } as const;
  const withdraw = (undone: NewStatement['decision']) =>
    app.storage.database.asSystem('a test undoes', (tx) => withdrawStatement(tx, undone));

  test('gives its reasons when the time is over: to nobody before, and then once', async () => {
    const { statementId } = await issue({ ...rejected, decision: decision(), deliverAt: deliverAt() });
    const params = { id: statementId };
    const unread = async () => (await mira.call(notifications.listNotifications)).counts.unread;
    const before = await unread();
    expect((await mira.attempt(statements.getStatement, { params })).problem?.code).toBe('not_found');
    await app.advance(HOUR / 2);
    expect([await unread(), endpoint.stored.has(statementId)]).toEqual([before, false]);
    await app.advance(HOUR / 2);
    expect(await unread()).toBe(before + 1);
    expect((await mira.attempt(statements.getStatement, { params })).status).toBe(200);
    await app.advance(HOUR);
    expect([await unread(), endpoint.stored.has(statementId)]).toEqual([before + 1, true]);
  });

  test('leaves no trace outside the audit log when it is undone, and cannot be undone unheard afterwards', async () => {
    const undone = decision();
    const { statementId } = await issue({ ...rejected, decision: undone, deliverAt: deliverAt() });
    expect(await withdraw(undone)).toBe(true);
    await app.advance(HOUR);
    expect((await told()).some((data) => data.statementId === statementId)).toBe(false);
    expect((await admin.attempt(statements.getStatement, { params: { id: statementId } })).problem?.code).toBe(
      'not_found',
    );
    expect(await withdraw(undone)).toBe(false);
    const late = decision();
    const kept = await issue({ ...rejected, decision: late, deliverAt: deliverAt() });
    await app.advance(HOUR);
    expect(await withdraw(late)).toBe(false);
    expect((await told()).filter((data) => data.statementId === kept.statementId)).toHaveLength(1);
  });
});

test('the transparency report counts what was decided, for everybody to read', async () => {
  // Into the middle of a month, so that it does not end while the test runs.
  const start = app.app.clock.now();
  await app.advance(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 10) - start.getTime());
  const before = (await app.guest().call(transparency.getTransparency)).periods[0];
  const [first, second] = [await app.signUp(), await app.signUp()];
  const report = async (by: SignedIn, about: SignedIn) =>
    (await by.call(reports.createReport, { body: { subject: { type: 'user', id: about.id }, reason: 'spam' } })).id;
  const approved = await report(other, first);
  expect(await report(mira, first)).toBe(approved);
  const rejected = await report(other, second);
  await app.advance(30 * 60_000);
  const decide = (id: typeof approved, decision: 'approved' | 'rejected') =>
    admin.call(reports.resolveReport, { params: { id }, body: { decision, reason: 'Looked at' } });
  await decide(approved, 'approved');
  await decide(rejected, 'rejected');
  const { by, periods } = await app.guest().call(transparency.getTransparency);
  const now = periods[0];
  expect([by, periods.length, now?.isRunning, before?.name === now?.name]).toEqual(['month', 12, true, true]);
  const more = (read: (period: NonNullable<typeof now>) => number) => {
    if (now === undefined || before === undefined) throw new Error('no period');
    return read(now) - read(before);
  };
  expect({
    received: more(({ reports: { received } }) => received),
    voices: more(({ reports: { voices } }) => voices),
    spam: more(({ reports: { byReason } }) => byReason.spam ?? 0),
    approved: more(({ reports: each }) => each.approved),
    rejected: more(({ reports: each }) => each.rejected),
    warnings: more(({ restrictions: { byKind } }) => byKind.strike ?? 0),
    byPeople: more(({ restrictions: { automated } }) => automated.none),
    strikes: more(({ strikes: { issued } }) => issued),
  }).toEqual({
    received: 2,
    voices: 3,
    spam: 2,
    approved: 1,
    rejected: 1,
    warnings: 1,
    byPeople: 1,
    strikes: 1,
  });
  expect(now?.reports.medianMinutes).toBeGreaterThanOrEqual(30);
  const halves = await app.guest().call(transparency.getTransparency, { query: { by: 'half' } });
  expect(halves.periods.map(({ name }) => /^\d{4}-H[12]$/.test(name))).toEqual([true, true, true, true]);
  const csv = await (await app.guest().fetch('/api/v1/transparency/csv')).text();
  expect(csv).toContain(`${now?.name},reports.byReason.spam,${now?.reports.byReason.spam}`);
  expect(csv).not.toMatch(/Mira|Ana/);
});
