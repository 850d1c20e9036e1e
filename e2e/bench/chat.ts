/**
 * `npm run bench chat [seconds]`: from send to receipt with 50 viewers and 10 messages a second through the whole
 * server (scored, stored, acknowledged, spread), beside a bare Socket.IO room that does nothing but echo. The server is
 * the demo's, so that media run meanwhile: three published streams with their packagers, and their makers. Both rooms
 * are measured in the same minute, turn by turn, and their clients live in this process: what that costs is in both
 * figures alike.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import { signUp } from '../kit/people.ts';
import { startServer } from '../kit/server.ts';

const VIEWERS = 50;
const WRITERS = 10;
const MESSAGES_PER_SECOND = 10;
const TURNS = 3;
const DEMO_STREAMS = 3;
const GOAL_MS = 200;
const seconds = Number(process.argv[2] ?? 20);

interface Room {
  readonly name: string;
  readonly sockets: readonly Socket[];
  readonly streamId: string;
}

interface Result {
  readonly received: number[];
  readonly acknowledged: number[];
  readonly missing: number;
}

const server = await startServer({ script: 'server/src/demo/main.ts', env: { VIRGIL_CLASSIFIER: 'local' } });
const echo = fork(fileURLToPath(new URL('./echo-room.ts', import.meta.url)));
try {
  const [echoUrl] = (await once(echo, 'message')) as [string];
  const streamId = await untilMediaRun(server.url);
  const rooms = [await bareRoom(echoUrl), await virgilRoom(server.url, streamId)];
  const results = new Map<string, Result>(
    rooms.map(({ name }) => [name, { received: [], acknowledged: [], missing: 0 }]),
  );
  for (let turn = 0; turn < TURNS; turn++) {
    for (const room of rooms) {
      const measured = await measure(room, seconds / TURNS);
      const sum = results.get(room.name) ?? measured;
      results.set(room.name, {
        received: [...sum.received, ...measured.received],
        acknowledged: [...sum.acknowledged, ...measured.acknowledged],
        missing: sum.missing + measured.missing,
      });
    }
  }
  for (const { sockets } of rooms) for (const socket of sockets) socket.disconnect();
  report(results);
} finally {
  echo.kill();
  await server.stop();
}

/** All streams of the demo have pictures; the first one's id. */
async function untilMediaRun(url: string): Promise<string> {
  for (let attempt = 0; attempt < 240; attempt++) {
    const { items } = (await (await fetch(`${url}/api/v1/livestreams/active`)).json()) as {
      items: { id: string; mediaState: string }[];
    };
    const live = items.filter(({ mediaState }) => mediaState === 'live');
    if (live[0] && live.length >= DEMO_STREAMS) return live[0].id;
    await sleep(500);
  }
  throw new Error(`the demo did not go live:\n${server.output()}`);
}

async function virgilRoom(url: string, streamId: string): Promise<Room> {
  const writers = await Promise.all(Array.from({ length: WRITERS }, (_, n) => signUp(url, `Writer ${n}`)));
  const sockets = [
    ...writers.map((person) => person.socket()),
    ...Array.from({ length: VIEWERS - WRITERS }, () => io(url, { transports: ['websocket'], forceNew: true })),
  ];
  await joinAll(sockets, streamId);
  return { name: 'virgil', sockets, streamId };
}

async function bareRoom(url: string): Promise<Room> {
  const sockets = Array.from({ length: VIEWERS }, () => io(url, { transports: ['websocket'], forceNew: true }));
  await joinAll(sockets, 'echo');
  return { name: 'bare Socket.IO echo', sockets, streamId: 'echo' };
}

async function joinAll(sockets: readonly Socket[], streamId: string): Promise<void> {
  for (const socket of sockets) {
    const ack = await socket.timeout(10_000).emitWithAck('join-stream', { streamId });
    if (!ack.ok) throw new Error(`joining was refused: ${JSON.stringify(ack)}`);
  }
}

async function measure({ sockets, streamId }: Room, forSeconds: number): Promise<Result> {
  const sentAt = new Map<string, number>();
  const received: number[] = [];
  const acknowledged: number[] = [];
  const listen = ({ message }: { message: string }) => {
    const at = sentAt.get(message);
    if (at !== undefined) received.push(performance.now() - at);
  };
  for (const socket of sockets) socket.on('chat-message', listen);
  const count = Math.round(forSeconds * MESSAGES_PER_SECOND);
  const run = Math.random().toString(36).slice(2, 8);
  const startedAt = performance.now();
  for (let n = 0; n < count; n++) {
    await sleep(Math.max(0, startedAt + (n * 1000) / MESSAGES_PER_SECOND - performance.now()));
    const message = `${run} ${n}: that was a really good one, play it again please!`;
    sentAt.set(message, performance.now());
    sockets[n % WRITERS]?.emit('chat-message', { streamId, message }, (ack: { ok: boolean }) => {
      if (ack.ok) acknowledged.push(performance.now() - (sentAt.get(message) ?? 0));
    });
  }
  await sleep(1000);
  for (const socket of sockets) socket.off('chat-message', listen);
  return { received, acknowledged, missing: count * sockets.length - received.length };
}

function report(results: ReadonlyMap<string, Result>): void {
  console.log(
    `${VIEWERS} viewers, ${MESSAGES_PER_SECOND} messages/s, ${seconds} s each, ${DEMO_STREAMS} streams with media, ${cpus().length} cores, Node ${process.version}\n`,
  );
  for (const [name, { received, acknowledged, missing }] of results) {
    console.log(
      `${name.padEnd(22)} send to receipt p50 ${ms(received, 0.5)}  p95 ${ms(received, 0.95)}  p99 ${ms(received, 0.99)} ms; ` +
        `acknowledged p50 ${ms(acknowledged, 0.5)}  p95 ${ms(acknowledged, 0.95)} ms; ${received.length} receipts, ${missing} missing`,
    );
  }
  const [bare, virgil] = [results.get('bare Socket.IO echo'), results.get('virgil')];
  if (!bare || !virgil) return;
  const p95 = quantile(virgil.received, 0.95);
  console.log(
    `\nvirgil / bare: p50 ${(quantile(virgil.received, 0.5) / quantile(bare.received, 0.5)).toFixed(1)}x, p95 ${(p95 / quantile(bare.received, 0.95)).toFixed(1)}x` +
      `\ngoal p95 < ${GOAL_MS} ms: ${p95 < GOAL_MS ? 'met' : 'MISSED'}`,
  );
  process.exitCode = p95 < GOAL_MS && virgil.missing === 0 ? 0 : 1;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function ms(values: readonly number[], share: number): string {
  return quantile(values, share).toFixed(1);
}
