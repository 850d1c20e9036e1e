/** What people in a chat notice of a report that is approved, and of the appeal against it. */
import { type ChatMessage, chat, reports, strikes } from '@virgil/contract';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';

let app: TestApp;
let admin: SignedIn;
let creator: SignedIn;
let author: SignedIn;
let reader: SignedIn;
const sockets: Socket[] = [];
beforeAll(async () => {
  app = await testApp();
  admin = await app.signUp({ role: 'admin' });
  creator = await app.signUp({ tier: 'pro' });
  [author, reader] = [await app.signUp(), await app.signUp()];
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await app.close();
});

async function joined(who: SignedIn, streamId: string) {
  const socket = who.socket();
  sockets.push(socket);
  const removed: string[] = [];
  socket.on(chat.messageRemoved.name, ({ ids }: { ids: string[] }) => removed.push(...ids));
  const { history } = await socket.emitWithAck('join-stream', { streamId });
  return { socket, removed, lines: (history as ChatMessage[]).map(({ message }) => message) };
}

test('the line leaves every open page and the history, and comes back for whoever comes after the appeal', async () => {
  const started = await creator.fetch('/api/v1/livestreams/start', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Evening' }),
  });
  const { livestream } = (await started.json()) as { livestream: { id: string } };
  const streamId = livestream.id;
  const [writing, reading] = [await joined(author, streamId), await joined(reader, streamId)];
  await writing.socket.emitWithAck('chat-message', { streamId, message: 'before' });
  const { id } = (await writing.socket.emitWithAck('chat-message', { streamId, message: 'harsh' })) as { id: string };
  await writing.socket.emitWithAck('chat-message', { streamId, message: 'after' });

  const body = { subject: { type: 'message', id }, reason: 'harassment' } as const;
  const report = await reader.call(reports.createReport, { body });
  const decision = { decision: 'approved', reason: 'Insults' } as const;
  const { strike } = await admin.call(reports.resolveReport, { params: { id: report.id }, body: decision });
  await app.settle();
  await expect.poll(() => [writing.removed, reading.removed], { timeout: 5_000 }).toEqual([[id], [id]]);
  expect((await joined(reader, streamId)).lines).toEqual(['before', 'after']);
  const page = async (who: SignedIn) => {
    const response = await who.fetch(`/api/v1/livestreams/${streamId}/chat`);
    return ((await response.json()) as { items: ChatMessage[] }).items.map(({ message }) => message);
  };
  expect([await page(reader), await page(author)]).toEqual([
    ['before', 'after'],
    ['before', 'after'],
  ]);

  const second = await app.signUp({ role: 'admin' });
  await second.call(strikes.decideStrikeAppeal, {
    params: { id: strike?.id ?? '' },
    body: { decision: 'accepted', reason: 'A quotation' },
  });
  await app.settle();
  expect((await joined(reader, streamId)).lines).toEqual(['before', 'harsh', 'after']);
  expect(await page(reader)).toEqual(['before', 'harsh', 'after']);
});
