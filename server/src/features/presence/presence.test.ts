import { connect as connectTcp, type Socket as TcpSocket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ChatServer, chatServer, makeStream } from '../../../test/kit/chat-server.ts';
import { type TestDatabase, testDatabase } from '../../../test/kit/database.ts';
import { makePerson } from '../../../test/kit/people.ts';
import type { Person } from '../../actor.ts';

let db: TestDatabase;
let server: ChatServer;
let owner: Person;
let anna: Person;
let streamId: string;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  server = await chatServer(db);
  [owner, anna] = (await Promise.all(['Owner', 'Anna'].map((name) => makePerson(db, name)))) as [Person, Person];
  streamId = await makeStream(db, owner);
});
afterEach(() => server.close());

async function watch(who?: Person | string): Promise<Socket & { viewers: number }> {
  const client = server.connect(who);
  const ack = await client.emitWithAck('join-stream', { streamId });
  expect(ack).toMatchObject({ ok: true });
  return Object.assign(client, { viewers: ack.viewers });
}

const viewers = () => server.presence.viewers(streamId as never);
const audits = async (type: string) =>
  db.sql<{ actor_id: string | null; details: { viewers: number } }>(
    'select actor_id, details from audit_outbox where type = $1 and entity_id = $2 order by id',
    [type, streamId],
  );
const stored = async () =>
  (
    await db.sql<{ viewers: number; peak_viewers: number }>(
      'select viewers, peak_viewers from livestreams where id = $1',
      [streamId],
    )
  )[0];

/** A viewer on a bare TCP connection that answers no ping, as one whose network went away. */
async function silentViewer(): Promise<TcpSocket> {
  const tcp = connectTcp(Number(new URL(server.url).port), '127.0.0.1');
  const frame = (text: string) =>
    Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
  tcp.write(
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  let said = '';
  tcp.on('data', (chunk) => {
    said += chunk.toString('latin1');
  });
  tcp.on('error', () => undefined);
  const hears = (answer: string) => expect.poll(() => said).toContain(answer);
  await hears('0{"sid"');
  tcp.write(frame('40'));
  await hears('40{"sid"');
  tcp.write(frame(`420["join-stream",{"streamId":"${streamId}"}]`));
  await hears('430[');
  return tcp;
}

test('a person counts once however many tabs, a guest once a session, a client without a cookie once a socket', async () => {
  const first = await watch(anna);
  expect(first.viewers).toBe(1);
  const second = await watch(anna);
  expect(second.viewers).toBe(1);
  expect((await watch(owner)).viewers).toBe(2);
  await watch('guest-session-1');
  expect((await watch('guest-session-1')).viewers).toBe(3);
  await watch();
  expect((await watch()).viewers).toBe(5);
  first.disconnect();
  await sleep(100);
  expect(viewers()).toBe(5);
  second.disconnect();
  await expect.poll(viewers).toBe(4);
  await expect.poll(stored, { timeout: 10_000 }).toEqual({ viewers: 4, peak_viewers: 5 });
});

test('everybody is told, at most once a second, and of the last count at the latest a second later', async () => {
  const a = await watch(anna);
  const told: { viewers: number; at: number }[] = [];
  a.on('viewer-count', ({ viewers: count }: { viewers: number }) =>
    told.push({ viewers: count, at: performance.now() }),
  );
  const guests = await Promise.all(Array.from({ length: 20 }, () => watch()));
  await expect.poll(() => told.at(-1)?.viewers, { timeout: 10_000 }).toBe(21);
  for (const guest of guests.slice(0, 7)) guest.disconnect();
  await expect.poll(() => told.at(-1)?.viewers, { timeout: 10_000 }).toBe(14);
  // Twenty came and seven went. A busy machine hears one late and the next in time, so the whole span is looked at.
  const span = (told.at(-1)?.at ?? 0) - (told[0]?.at ?? 0);
  expect(span).toBeGreaterThan((told.length - 1) * 1000 - 500);
});

test('the count is right again by itself after a viewer’s network went away, and after one’s process died', async () => {
  const a = await watch(anna);
  const told: number[] = [];
  a.on('viewer-count', ({ viewers: count }: { viewers: number }) => told.push(count));
  const [silent, killed] = await Promise.all([silentViewer(), silentViewer()]);
  await expect.poll(() => told.at(-1), { timeout: 10_000 }).toBe(3);
  killed.destroy();
  await expect.poll(() => told.at(-1), { timeout: 12_000, interval: 20 }).toBe(1);
  silent.destroy();
}, 30_000);

test('joining and leaving are written once a visit, and a rejoin within 60 s continues it', async () => {
  const first = await watch(anna);
  await expect.poll(() => audits('LIVESTREAM_JOINED'), { timeout: 10_000 }).toHaveLength(1);
  first.disconnect();
  await expect.poll(viewers).toBe(0);
  server.advance(40_000); // and the seconds that this takes on a busy machine
  await sleep(300);
  const second = await watch(anna);
  second.disconnect();
  await expect.poll(viewers).toBe(0);
  await sleep(700);
  expect(await audits('LIVESTREAM_JOINED')).toMatchObject([
    { actor_id: anna.userId, details: { viewers: 1, displayName: 'Anna' } },
  ]);
  expect(await audits('LIVESTREAM_LEFT')).toEqual([]);
  server.advance(60_000);
  await expect.poll(() => audits('LIVESTREAM_LEFT'), { timeout: 10_000 }).toHaveLength(1);
  await watch(anna);
  await expect.poll(() => audits('LIVESTREAM_JOINED'), { timeout: 10_000 }).toHaveLength(2);
});

test('a visit survives a restart of the server, and ends when nobody comes back', async () => {
  await watch(anna);
  await watch('guest-session-2');
  await expect.poll(() => audits('LIVESTREAM_JOINED'), { timeout: 10_000 }).toHaveLength(2);
  await server.close();
  server = await chatServer(db);
  expect(await stored()).toMatchObject({ viewers: 0 });
  expect((await watch(anna)).viewers).toBe(1);
  await sleep(700);
  expect(await audits('LIVESTREAM_JOINED')).toHaveLength(2);
  server.advance(61_000);
  await expect.poll(() => audits('LIVESTREAM_LEFT'), { timeout: 10_000 }).toMatchObject([{ actor_id: null }]);
});

test('the end of the stream ends every visit', async () => {
  await watch(anna);
  await watch();
  await expect.poll(() => audits('LIVESTREAM_JOINED'), { timeout: 10_000 }).toHaveLength(2);
  await db.sql(`update livestreams set is_active = false, ended_at = now(), media_state = 'ended' where id = $1`, [
    streamId,
  ]);
  await server.chat.streamEnded(streamId as never);
  expect(await audits('LIVESTREAM_LEFT')).toHaveLength(2);
  expect(viewers()).toBe(0);
});
