/** Two servers on one database, both with a mail server: nothing is lost between them, and nothing comes twice. */
import { letters, notifications, type UserId } from '@virgil/contract';
import { pino } from 'pino';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookieOf, SignedIn, type TestApp, TestClient, testApp } from '../../../test/kit/app.ts';
import { type MailServer, mailServer } from '../../../test/kit/mail-server.ts';
import { silentLogger } from '../../../test/kit/silent-logger.ts';
import { type App, createApp } from '../../app.ts';
import { readConfig } from '../../config.ts';
import { createTestClock } from '../../db/index.ts';
import { openDatabase } from '../../db/open-database.ts';
import { FakeMediaEngine } from '../../media/fake/index.ts';
import { cancelNotice, notify } from './index.ts';

let mail: MailServer;
let first: TestApp;
let second: App;
let vic: SignedIn;
let there: TestClient;
/** A process that wrote, and was killed before it could tell anybody. */
let killed: Awaited<ReturnType<typeof openDatabase>>;
const pages: { readonly socket: Socket; readonly heard: string[] }[] = [];

beforeAll(async () => {
  mail = await mailServer();
  first = await testApp({ env: { SMTP_URL: mail.url } });
  const clock = createTestClock();
  const storage = await openDatabase({ urls: first.storage.urls, clock, logger: silentLogger, prepared: true });
  const config = readConfig({
    VIRGIL_MODE: 'test',
    PORT: '0',
    VIRGIL_DATA: first.dataFolder,
    VIRGIL_RATE_LIMITS: 'off',
    LOG_LEVEL: 'warn',
    SMTP_URL: mail.url,
  });
  second = await createApp(config, {
    logger: pino({ level: 'silent' }),
    storage,
    clock,
    engine: new FakeMediaEngine(),
  });
  await second.listen();
  killed = await openDatabase({
    urls: first.storage.urls,
    clock: createTestClock(),
    logger: silentLogger,
    prepared: true,
  });
  vic = await confirmed('Vic');
  there = new TestClient(second.url, vic.headers);
  for (const client of [vic, there]) {
    const socket = client.socket();
    const heard: string[] = [];
    socket.on(notifications.notificationSent.name, ({ text }: notifications.Notification) => heard.push(text));
    socket.on(notifications.inboxChanged.name, () => heard.push('changed'));
    await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
    pages.push({ socket, heard });
  }
});
afterAll(async () => {
  for (const { socket } of pages) socket.close();
  await killed.close();
  await second.close();
  await first.close();
  mail.close();
});

/** With an address that was confirmed, as this instance asks for. */
async function confirmed(name: string): Promise<SignedIn> {
  const [email, password] = [`${name.toLowerCase()}@example.org`, `password of ${name}`];
  const stranger = new TestClient(first.url);
  await stranger.auth('/sign-up/email', { name, email, password });
  await first.storage.sql(`update auth."user" set "emailVerified" = true where email = $1`, [email]);
  const answer = await stranger.auth('/sign-in/email', { email, password });
  const { user } = (await answer.json()) as { user: { id: UserId } };
  return new SignedIn(first.url, { id: user.id, name, email, password, cookie: cookieOf(answer) });
}

const write = (reason: string, deliverAt?: Date) =>
  killed.database.asSystem('a process that dies next', (tx) =>
    notify(tx, { ...letters.approved(reason), userId: vic.id, sentBy: null, at: first.app.clock.now(), deliverAt }),
  );
const lettersAbout = (word: string) =>
  mail.mails.filter(({ text, to }) => to === 'vic@example.org' && text.includes(`Reason: ${word}.`));
const heardOf = (word: string) => pages.map(({ heard }) => heard.filter((text) => text.includes(word)).length);

test('a notice whose process died after the commit reaches every page once, and one letter goes out', async () => {
  await write('Alpha');
  await expect.poll(() => heardOf('Alpha'), { timeout: 10_000 }).toEqual([1, 1]);
  await expect.poll(() => lettersAbout('Alpha').length, { timeout: 10_000 }).toBe(1);
  // What came after it has come, and it is still one.
  await write('Beta');
  await expect.poll(() => heardOf('Beta'), { timeout: 10_000 }).toEqual([1, 1]);
  await expect.poll(() => lettersAbout('Beta').length, { timeout: 10_000 }).toBe(1);
  expect([heardOf('Alpha'), lettersAbout('Alpha').length]).toEqual([[1, 1], 1]);
});

test('a notice that is held comes when its time is over, and one that is cancelled meanwhile never does', async () => {
  // Longer than in the product: a busy machine must not reach it by itself.
  const deliverAt = new Date(first.app.clock.now().getTime() + 3_600_000);
  await write('Gamma', deliverAt);
  const undone = await write('Delta', deliverAt);
  const unread = async () => (await there.call(notifications.listNotifications)).counts.unread;
  const before = await unread();
  expect(await killed.database.asSystem('undo', (tx) => cancelNotice(tx, undone))).toBe(true);
  expect(heardOf('Gamma')).toEqual([0, 0]);
  await first.advance(3_600_000);
  await expect.poll(() => heardOf('Gamma'), { timeout: 10_000 }).toEqual([1, 1]);
  await expect.poll(() => lettersAbout('Gamma').length, { timeout: 10_000 }).toBe(1);
  expect(await unread()).toBe(before + 1);
  expect([heardOf('Delta'), lettersAbout('Delta').length]).toEqual([[0, 0], 0]);
});

test('what is read on one page is read on all of them, and marking all can be undone', async () => {
  const changes = () => pages.map(({ heard }) => heard.filter((text) => text === 'changed').length);
  const before = changes();
  const { items } = await vic.call(notifications.listNotifications);
  const [newest] = items;
  if (newest === undefined) throw new Error('an empty inbox');
  const params = { id: newest.id };
  await vic.call(notifications.readNotification, { params });
  await expect.poll(changes, { timeout: 10_000 }).toEqual(before.map((count) => count + 1));
  const { read, readAt } = await there.call(notifications.readAllNotifications);
  expect(read).toBe(items.length - 1);
  await vic.call(notifications.undoReadAll, { body: { readAt: readAt ?? '' } });
  expect((await there.call(notifications.listNotifications)).counts.unread).toBe(items.length - 1);
  await vic.call(notifications.unreadNotification, { params });
  expect((await there.call(notifications.listNotifications)).counts.unread).toBe(items.length);
});

test('the one click of a mail program ends what is no decision, and opening its address only asks', async () => {
  await first.storage.sql(`insert into mail_preferences (user_id, notices, updated_at) values ($1, 'all', now())`, [
    vic.id,
  ]);
  await killed.database.asSystem('a channel goes live', (tx) =>
    notify(tx, {
      userId: vic.id,
      sentBy: null,
      kind: 'livestream.started',
      text: 'Mira is live. Reason: Epsilon.',
      data: {},
      at: first.app.clock.now(),
    }),
  );
  await expect.poll(() => lettersAbout('Epsilon').length, { timeout: 10_000 }).toBe(1);
  const unfolded = lettersAbout('Epsilon')[0]?.raw.replace(/\r?\n[ \t]+/g, ' ') ?? '';
  const path = new URL(/^List-Unsubscribe: <([^>]+)>/m.exec(unfolded)?.[1] ?? '').pathname;
  const wanted = async () =>
    (
      await first.storage.sql<{ notices: string }>('select notices from mail_preferences where user_id = $1', [vic.id])
    )[0]?.notices;
  const opened = await fetch(`${second.url}${path}`, { redirect: 'manual' });
  expect([opened.status, opened.headers.get('location')?.startsWith('/unsubscribe?token=')]).toEqual([302, true]);
  expect(await wanted()).toBe('all');
  const clicked = await fetch(`${second.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect([clicked.status, await wanted()]).toEqual([204, 'decisions']);
  expect((await fetch(`${second.url}/mail/unsubscribe/forged`, { method: 'POST' })).status).toBe(404);
});
