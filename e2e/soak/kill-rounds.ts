/**
 * Kills the server and PostgreSQL with SIGKILL under chat load, again and again, on one data folder. Whatever was
 * acknowledged must be there after the restart, once; and every restart must succeed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { goLive, signUp, type TestPerson } from '../kit/people.ts';
import { startServer } from '../kit/server.ts';
import { killBoth } from './kill-both.ts';

export interface KillReport {
  readonly rounds: number;
  readonly acknowledged: number;
  readonly lost: number;
  /** Stored more than once although sent under one client id. */
  readonly doubled: number;
  /** Not acknowledged before the kill, sent again under the same client id after it. */
  readonly sentAgain: number;
  readonly failedRestarts: number;
  readonly restartMs: readonly number[];
}

const CHATTERS = 4;
const IN_FLIGHT = 8;

interface Ack {
  readonly ok: boolean;
  readonly id: string;
}
interface Line {
  readonly id: string;
  readonly message: string;
}

export async function killRounds(rounds: number, say: (line: string) => void): Promise<KillReport> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'virgil-kill-'));
  const acknowledged = new Map<string, string>();
  const restartMs: number[] = [];
  let [sentAgain, failedRestarts] = [0, 0];
  let server = await startServer({ dataFolder });
  try {
    const creator = await signUp(server.url, 'Creator', 'pro');
    const people = await Promise.all(Array.from({ length: CHATTERS }, (_, n) => signUp(server.url, `Chatter ${n}`)));
    const { livestream } = await goLive(creator);
    for (let round = 1; round <= rounds; round++) {
      const chatters = people.map((person) => new Chatter(person, livestream.id, round));
      await Promise.all(chatters.map((chatter) => chatter.talk(server.url)));
      await sleep(300 + Math.random() * 1200);
      await killBoth(server, dataFolder, round % 2 === 0);

      const startedAt = performance.now();
      server = await startServer({ dataFolder }).catch((error: unknown) => {
        failedRestarts++;
        throw error;
      });
      restartMs.push(performance.now() - startedAt);
      const before = acknowledged.size;
      for (const chatter of chatters) {
        sentAgain += await chatter.settle(server.url);
        for (const [id, message] of chatter.acknowledged) acknowledged.set(id, message);
      }
      const there = await readAll(creator, server.url, livestream.id);
      const lost = [...acknowledged].filter(([id, message]) => there.get(id) !== message).length;
      say(
        `round ${round}: ${acknowledged.size - before} acknowledged, ${lost} lost, back after ${Math.round(restartMs.at(-1) ?? 0)} ms`,
      );
    }
    const there = await readAll(creator, server.url, livestream.id);
    return {
      rounds,
      acknowledged: acknowledged.size,
      lost: [...acknowledged].filter(([id, message]) => there.get(id) !== message).length,
      doubled: there.size - new Set(there.values()).size,
      sentAgain,
      failedRestarts,
      restartMs,
    };
  } finally {
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** Keeps a few messages under way, each under a client id of its own. */
class Chatter {
  readonly acknowledged = new Map<string, string>();
  readonly #open = new Set<string>();
  readonly #person: TestPerson;
  readonly #streamId: string;
  readonly #round: number;
  #count = 0;
  #socket: Socket | undefined;

  constructor(person: TestPerson, streamId: string, round: number) {
    this.#person = person;
    this.#streamId = streamId;
    this.#round = round;
  }

  async talk(url: string): Promise<void> {
    this.#socket = await this.#join(url);
    for (let n = 0; n < IN_FLIGHT; n++) this.#next(this.#socket);
  }

  /** Sends what got no answer again, and returns how much that was. */
  async settle(url: string): Promise<number> {
    this.#socket?.disconnect();
    const open = [...this.#open];
    const socket = await this.#join(url);
    for (const message of open) {
      const ack: Ack = await socket.timeout(10_000).emitWithAck('chat-message', this.#payload(message));
      if (!ack.ok) throw new Error(`sending again was refused: ${JSON.stringify(ack)}`);
      this.acknowledged.set(ack.id, message);
    }
    socket.disconnect();
    return open.length;
  }

  #next(socket: Socket): void {
    const message = `r${this.#round} ${this.#person.id.slice(-6)} ${++this.#count}`;
    this.#open.add(message);
    socket.emit('chat-message', this.#payload(message), (ack: Ack) => {
      if (!ack.ok) return;
      this.#open.delete(message);
      this.acknowledged.set(ack.id, message);
      this.#next(socket);
    });
  }

  #payload(message: string) {
    return { streamId: this.#streamId, message, clientId: message };
  }

  async #join(url: string): Promise<Socket> {
    const socket = io(url, {
      transports: ['websocket'],
      extraHeaders: { cookie: this.#person.cookie },
      forceNew: true,
      reconnection: false,
    });
    const ack: Ack = await socket.timeout(10_000).emitWithAck('join-stream', { streamId: this.#streamId });
    if (!ack.ok) throw new Error(`joining was refused: ${JSON.stringify(ack)}`);
    return socket;
  }
}

async function readAll(reader: TestPerson, url: string, streamId: string): Promise<Map<string, string>> {
  const lines = new Map<string, string>();
  let before: string | null = null;
  do {
    const query: string = before === null ? '' : `&before=${encodeURIComponent(before)}`;
    const response = await fetch(`${url}/api/v1/livestreams/${streamId}/chat?limit=200${query}`, {
      headers: { cookie: reader.cookie },
    });
    if (!response.ok) throw new Error(`history: ${response.status} ${await response.text()}`);
    const page = (await response.json()) as { items: Line[]; nextCursor: string | null };
    for (const { id, message } of page.items) lines.set(id, message);
    before = page.nextCursor;
  } while (before !== null);
  return lines;
}
