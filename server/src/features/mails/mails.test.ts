import { letters, type UserId } from '@virgil/contract';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { type MailServer, mailServer } from '../../../test/kit/mail-server.ts';
import { makePerson } from '../../../test/kit/people.ts';
import { silentLogger } from '../../../test/kit/silent-logger.ts';
import type { Person } from '../../actor.ts';
import { createTestClock } from '../../db/index.ts';
import { createMailer, type Mailer } from '../accounts/index.ts';
import { notify } from '../notifications/index.ts';
import { createMails, type Mails, UnsubscribeTokens } from './index.ts';
import { getMailSettings, unsubscribe, updateMailSettings } from './preferences.ts';

const clock = createTestClock();
const addresses = new Map<string, { address: string; isVerified: boolean }>();
const tokens = new UnsubscribeTokens('a secret of tests');
let db: TestDatabase;
let server: MailServer;
let mailer: Mailer;
let mails: Mails;
let vic: Person;

const depsWith = (sending: Mailer) => ({
  database: db.database,
  clock,
  logger: silentLogger,
  publicUrl: 'https://virgil.test',
  sendLetter: sending.sendLetter,
  addressOf: async (userId: string) => addresses.get(userId) ?? null,
  tokens,
});

beforeAll(async () => {
  db = await testDatabase({ clock });
  await clock.attach(db.database);
  server = await mailServer();
  mailer = await createMailer(server.url, 'https://virgil.test');
  mails = createMails(depsWith(mailer), new Registry());
});
beforeEach(async () => {
  server.answer(undefined);
  vic = await makePerson(db, 'Vic');
  addresses.set(vic.userId, { address: `${vic.userId}@example.org`, isVerified: true });
});
afterAll(async () => {
  await mails.stop();
  mailer.close();
  server.close();
  await clock.stop();
  await db.drop();
});

async function deliver(notice: Partial<Parameters<typeof notify>[1]> = {}, to: UserId = vic.userId): Promise<string> {
  const id = await db.database.asSystem('a test decides', (tx) =>
    notify(tx, { ...letters.approved('A quote.'), userId: to, sentBy: null, at: clock.now(), ...notice }),
  );
  await mails.queue({ ids: [id] });
  return id;
}
const settled = () => mails.settle();
const later = async (ms: number) => {
  await clock.advance(ms);
  await settled();
};
const sentTo = (person: Person) => server.mails.filter(({ to }) => to.startsWith(person.userId));
const stateOf = async (id: string) => {
  const [row] = await db.sql<{ state: string; problem: string | null; attempts: number }>(
    'select state, problem, attempts from notice_mails where notification_id = $1',
    [id],
  );
  return row;
};
const header = (raw: string, name: string) =>
  new RegExp(`^${name}:((?:.*\\r?\\n)(?:[ \\t].*\\r?\\n)*)`, 'mi').exec(raw)?.[1]?.replace(/\s+/g, ' ').trim();

describe('a decision', () => {
  test('comes by e-mail once, in the person’s language, with where to go and nothing to load', async () => {
    await db.sql(`update profiles set language = 'de' where id = $1`, [vic.userId]);
    const id = await deliver();
    await mails.queue({ ids: [id] });
    await settled();
    await later(24 * 3_600_000);
    expect(sentTo(vic)).toHaveLength(1);
    const [{ raw = '', text = '' } = {}] = sentTo(vic);
    expect(text).toContain('Deine Nachricht wurde freigegeben. Grund: A quote. Wenn du Einspruch einlegen willst');
    expect(text).toContain('https://virgil.test/settings/account/appeals');
    expect(text).not.toMatch(/<img|<link|<script|url\(|src=/i);
    expect(header(raw, 'Message-ID')).toBe(`<notice-${id}@virgil.test>`);
    expect(header(raw, 'Subject')).not.toContain('freigegeben');
    expect(raw).not.toMatch(/^List-Unsubscribe/im);
  });

  test('that is still held does not, and one that was undone never does', async () => {
    const deliverAt = new Date(clock.now().getTime() + 10_000);
    const id = await deliver({ deliverAt });
    await db.sql('delete from notifications where id = $1', [id]);
    await mails.queue({ ids: [id] });
    await later(60_000);
    expect(sentTo(vic)).toEqual([]);
  });

  test('goes to no address that nobody confirmed, nor after the account is gone', async () => {
    addresses.set(vic.userId, { address: `${vic.userId}@example.org`, isVerified: false });
    const unconfirmed = await deliver();
    await settled();
    addresses.delete(vic.userId);
    const gone = await deliver();
    await settled();
    expect(sentTo(vic)).toEqual([]);
    expect([await stateOf(unconfirmed), await stateOf(gone)]).toMatchObject([
      { state: 'not_wanted', problem: 'not_verified' },
      { state: 'not_wanted', problem: 'no_address' },
    ]);
  });

  test('is shown as it was written, whatever people put into it', async () => {
    await deliver({ ...letters.approved('<img src=x onerror=alert(1)>\r\nBcc: eve@example.org') });
    await settled();
    const raw = sentTo(vic)[0]?.raw ?? '';
    expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
    expect(sentTo(vic)[0]?.text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(server.mails.some(({ to }) => to.includes('eve'))).toBe(false);
  });
});

describe('a mail server', () => {
  test('that is away gets the letter later', async () => {
    const away = await mailServer();
    const patient = await createMailer(away.url, 'https://virgil.test');
    const own = createMails(depsWith(patient), new Registry());
    away.close();
    const id = await db.database.asSystem('a test decides', (tx) =>
      notify(tx, { ...letters.approved('Fine'), userId: vic.userId, sentBy: null, at: clock.now() }),
    );
    await own.queue({ ids: [id] });
    await own.settle();
    await own.stop();
    expect(await stateOf(id)).toMatchObject({ state: 'waiting', attempts: 1 });
    // The server is back at another address.
    await later(60_000);
    expect(await stateOf(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(sentTo(vic)).toHaveLength(1);
    patient.close();
  });

  test.each([
    ['asks to come back later', 'RCPT TO', '451 greylisted'],
    ['does not know us', 'MAIL FROM', '550 sender refused'],
    ['is too busy for the letter', 'data', '452 too many'],
  ])('that %s is asked again', async (_what, at, answer) => {
    server.answer((line) => (line.startsWith(at) ? answer : undefined));
    const id = await deliver();
    await settled();
    await later(60_000);
    expect(await stateOf(id)).toMatchObject({ state: 'waiting', attempts: 2 });
    expect((await stateOf(id))?.problem).toContain(answer);
    server.answer(undefined);
    await later(60_000);
    expect(await stateOf(id)).toMatchObject({ state: 'waiting' });
    await later(60_000);
    expect(await stateOf(id)).toMatchObject({ state: 'sent' });
    expect(sentTo(vic)).toHaveLength(1);
  });

  test('that refuses for three days is given up', async () => {
    server.answer((line) => (line.startsWith('RCPT TO') ? '451 greylisted' : undefined));
    const id = await deliver();
    await settled();
    for (let hour = 0; hour < 78; hour += 6) await later(6 * 3_600_000);
    expect(await stateOf(id)).toMatchObject({ state: 'given_up' });
    server.answer(undefined);
    await later(24 * 3_600_000);
    expect(sentTo(vic)).toEqual([]);
  });

  test('that knows no such address gets nothing more there, until its owner says so', async () => {
    server.answer((line) => (line.startsWith('RCPT TO') ? '550 no such user' : undefined));
    const id = await deliver();
    await settled();
    server.answer(undefined);
    expect(await stateOf(id)).toMatchObject({ state: 'refused' });
    const deps = depsWith(mailer);
    expect((await getMailSettings(deps, vic)).refused?.because).toContain('550 no such user');
    await deliver();
    await settled();
    expect(sentTo(vic)).toEqual([]);
    expect((await updateMailSettings(deps, vic, { tryAgain: true })).refused).toBeNull();
    await deliver();
    await settled();
    expect(sentTo(vic)).toHaveLength(1);
  });

  test('that will not have this letter is not asked again, and gets the next', async () => {
    server.answer((line) => (line === 'data' ? '554 looks like spam' : undefined));
    const id = await deliver();
    await settled();
    server.answer(undefined);
    await later(24 * 3_600_000);
    expect(await stateOf(id)).toMatchObject({ state: 'refused', attempts: 1 });
    expect((await getMailSettings(depsWith(mailer), vic)).refused).toBeNull();
    await deliver();
    await settled();
    expect(sentTo(vic)).toHaveLength(1);
  });

  test('that offers encryption and then refuses it gets nothing in the clear', async () => {
    server.answer((line) => {
      if (line.startsWith('EHLO')) return '250-ready\r\n250 STARTTLS';
      return line.startsWith('STARTTLS') ? '454 not now' : undefined;
    });
    const id = await deliver();
    await settled();
    expect(await stateOf(id)).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(sentTo(vic)).toEqual([]);
    server.answer(undefined);
    await later(60_000);
    expect(sentTo(vic)).toHaveLength(1);
  });

  test('that is slow keeps no other node waiting, and no letter is taken twice', async () => {
    let go: () => void = () => undefined;
    const held = new Promise<undefined>((resolve) => {
      go = () => resolve(undefined);
    });
    server.answer((line) => (line === 'data' ? held : undefined));
    const id = await deliver();
    const other = createMails(depsWith(mailer), new Registry());
    await expect.poll(async () => (await stateOf(id))?.attempts).toBe(1);
    await other.settle();
    expect(await stateOf(id)).toMatchObject({ state: 'waiting', attempts: 1 });
    go();
    await settled();
    await other.settle();
    await other.stop();
    expect(sentTo(vic)).toHaveLength(1);
  });

  test('gets a letter again from whoever finds it when its sender died, under the same name', async () => {
    const id = await deliver();
    await settled();
    // As if the process had died after the server kept the letter, and before that was noted.
    await db.sql(
      `update notice_mails set state = 'waiting', lease_until = now() + interval '60 seconds' where notification_id = $1`,
      [id],
    );
    await later(60_000);
    expect(sentTo(vic)).toHaveLength(1);
    await db.sql(`update notice_mails set lease_until = now() - interval '1 second' where notification_id = $1`, [id]);
    await settled();
    const names = sentTo(vic).map(({ raw }) => header(raw, 'Message-ID'));
    expect(names).toEqual([`<notice-${id}@virgil.test>`, `<notice-${id}@virgil.test>`]);
  });
});

describe('what is no decision', () => {
  const live = { kind: 'livestream.started', text: 'Mira is live: Night shift', data: { streamId: 's1' } };

  test('comes to those who want it, with one click to end it', async () => {
    await deliver(live);
    await settled();
    expect(sentTo(vic)).toEqual([]);
    const deps = depsWith(mailer);
    await updateMailSettings(deps, vic, { notices: 'all' });
    await deliver(live);
    await settled();
    const [{ raw = '', text = '' } = {}] = sentTo(vic);
    expect(text).toContain('https://virgil.test/watch/s1');
    const token = tokens.tokenOf(vic.userId);
    expect(header(raw, 'List-Unsubscribe')).toBe(`<https://virgil.test/mail/unsubscribe/${token}>`);
    expect(header(raw, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    expect(await unsubscribe(deps, token)).toEqual({ notices: 'decisions' });
    await deliver(live);
    await settled();
    expect(sentTo(vic)).toHaveLength(1);
    await deliver();
    await settled();
    expect(sentTo(vic)).toHaveLength(2);
  });

  test('whoever wants only what must be told gets no more than that', async () => {
    const deps = depsWith(mailer);
    await updateMailSettings(deps, vic, { notices: 'required' });
    await deliver();
    await deliver(letters.appealDecided('denied', 'It stands'));
    await settled();
    expect(sentTo(vic).map(({ text }) => text.includes('reviewed and denied'))).toEqual([true]);
    expect(await unsubscribe(deps, tokens.tokenOf(vic.userId))).toEqual({ notices: 'required' });
  });

  test('a link that this instance did not make ends nothing', async () => {
    const deps = depsWith(mailer);
    const forged = tokens.tokenOf('somebody').replace('somebody', vic.userId);
    for (const token of [forged, 'x', `${vic.userId}.`, '.']) {
      await expect(unsubscribe(deps, token)).rejects.toThrow();
    }
  });
});
