/**
 * People tip one creator, over REST and over the socket, while the server and PostgreSQL are killed with SIGKILL again
 * and again. Whoever got no answer sends the same again under the same key. In the end every tip is in the books once.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { goLive, signInAdmin, signUp, type TestPerson } from '../kit/people.ts';
import { type RunningServer, startServer } from '../kit/server.ts';
import { killBoth } from './kill-both.ts';

export interface MoneyReport {
  readonly tips: number;
  readonly kills: number;
  readonly sentAgain: number;
  /** Answered as paid and not in the books. */
  readonly lost: number;
  /** In the books more than once. */
  readonly doubled: number;
  /** Minor units that the creator has, and that the tips gave. */
  readonly balance: number;
  readonly expected: number;
  readonly isSound: boolean;
  readonly broken: readonly string[];
  readonly perSecond: number;
}

const TIPPERS = 6;
const IN_FLIGHT = 4;
const PATIENCE_MS = 120_000;

interface Answer {
  readonly status: 'paid' | 'pending' | 'failed';
  readonly tip: { readonly id: string };
  readonly artistShare: { readonly amount: number };
}
interface Transfer {
  readonly key: string;
  readonly kind: string;
  readonly entries: readonly { readonly account: string; readonly amount: { readonly amount: number } }[];
}

export async function moneyRounds(
  /** `perKill`: how many are paid, more or less, before the next kill; a slow machine is killed no more often. */
  { tips, perKill }: { readonly tips: number; readonly perKill: number },
  say: (line: string) => void,
): Promise<MoneyReport> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'virgil-money-'));
  const place = new Place(dataFolder);
  await place.open();
  try {
    const creator = await signUp(place.url, 'Creator', 'pro');
    const tippers = await Promise.all(Array.from({ length: TIPPERS }, (_, n) => signUp(place.url, `Tipper ${n}`)));
    const { livestream } = await goLive(creator);
    const work = new TipWork(place, livestream.id, tips);
    const done = Promise.all(
      tippers.flatMap((person, n) =>
        Array.from({ length: IN_FLIGHT }, (_, lane) => work.run(person, (n + lane) % 2 === 0 ? 'rest' : 'socket')),
      ),
    );
    let isOver = false;
    const over = done.finally(() => {
      isOver = true;
    });
    let kills = 0;
    while (!isOver) {
      const enough = work.paid.size + perKill * (0.5 + Math.random());
      while (!isOver && work.paid.size < enough) await Promise.race([over, sleep(20)]);
      if (isOver) break;
      await place.killAndReopen(kills % 2 === 0);
      kills += 1;
      say(`kill ${kills}: ${work.paid.size} of ${tips} paid, ${work.sentAgain} sent again`);
    }
    await over;
    return { ...(await compare(place, creator.id, work)), tips, kills, sentAgain: work.sentAgain };
  } finally {
    await place.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** The server wherever it is now; it comes back under another port. */
class Place {
  readonly #dataFolder: string;
  #server: RunningServer | undefined;
  #opening: Promise<void> = Promise.resolve();
  /** Milliseconds in which it was there. */
  upMs = 0;
  #upSince = 0;

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
  }

  get url(): string {
    if (this.#server === undefined) throw new Error('the server is away');
    return this.#server.url;
  }

  /** Resolves when the server is there. */
  async there(): Promise<string> {
    await this.#opening;
    return this.url;
  }

  async open(): Promise<void> {
    this.#server = await startServer({ dataFolder: this.#dataFolder });
    this.#upSince = performance.now();
  }

  async killAndReopen(databaseFirst: boolean): Promise<void> {
    const server = this.#server;
    if (server === undefined) throw new Error('there is nothing to kill');
    this.upMs += performance.now() - this.#upSince;
    this.#opening = (async () => {
      await killBoth(server, this.#dataFolder, databaseFirst);
      await this.open();
    })();
    await this.#opening;
  }

  async close(): Promise<void> {
    this.upMs += performance.now() - this.#upSince;
    await this.#server?.stop();
  }
}

class TipWork {
  /** By key. */
  readonly paid = new Map<string, Answer>();
  sentAgain = 0;
  readonly #place: Place;
  readonly #streamId: string;
  readonly #wanted: number;
  #begun = 0;

  constructor(place: Place, streamId: string, wanted: number) {
    this.#place = place;
    this.#streamId = streamId;
    this.#wanted = wanted;
  }

  async run(person: TestPerson, by: 'rest' | 'socket'): Promise<void> {
    const way = by === 'rest' ? new RestWay(person, this.#streamId) : new SocketWay(person, this.#streamId);
    while (this.#begun < this.#wanted) {
      this.#begun += 1;
      // 1.00 to 9.99: none of the sandbox's scenarios begins there.
      const amount = 100 + (this.#begun % 900);
      await this.#untilPaid(way, { amount, currency: 'USD', idempotencyKey: `soak-${randomUUID()}` });
    }
    way.close();
  }

  async #untilPaid(way: Way, tip: Tip): Promise<void> {
    const startedAt = performance.now();
    for (let attempt = 1; ; attempt++) {
      if (performance.now() - startedAt > PATIENCE_MS) throw new Error(`no answer for ${tip.idempotencyKey}`);
      if (attempt > 1) this.sentAgain += 1;
      const url = await this.#place.there();
      const answer = await way.send(url, tip).catch((error: unknown) => {
        // A kill leaves no answer, or one of 5xx; anything else is an answer that must not be.
        if (error instanceof Refused) throw error;
        return null;
      });
      if (answer?.status === 'paid') {
        this.paid.set(tip.idempotencyKey, answer);
        return;
      }
      if (answer?.status === 'failed') throw new Error('the sandbox refused a tip that it should pay');
      await sleep(100 + Math.random() * 200);
    }
  }
}

interface Tip {
  readonly amount: number;
  readonly currency: string;
  readonly idempotencyKey: string;
}
interface Way {
  /** Rejects without an answer. */
  send(url: string, tip: Tip): Promise<Answer>;
  close(): void;
}

class RestWay implements Way {
  readonly #person: TestPerson;
  readonly #streamId: string;
  constructor(person: TestPerson, streamId: string) {
    this.#person = person;
    this.#streamId = streamId;
  }
  async send(url: string, tip: Tip): Promise<Answer> {
    const response = await fetch(`${url}/api/v1/livestreams/${this.#streamId}/tips`, {
      method: 'POST',
      headers: { cookie: this.#person.cookie, origin: url, 'content-type': 'application/json' },
      body: JSON.stringify(tip),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    if (response.status >= 500) throw new Error(text);
    if (!response.ok) throw new Refused(`${response.status} ${text}`);
    return JSON.parse(text) as Answer;
  }
  close(): void {
    // Each request is its own.
  }
}

class SocketWay implements Way {
  readonly #person: TestPerson;
  readonly #streamId: string;
  #socket: { readonly url: string; readonly socket: Socket } | undefined;
  constructor(person: TestPerson, streamId: string) {
    this.#person = person;
    this.#streamId = streamId;
  }
  async send(url: string, tip: Tip): Promise<Answer> {
    const socket = await this.#joined(url);
    const ack = await socket.timeout(10_000).emitWithAck('send-tip', { streamId: this.#streamId, ...tip });
    if (!ack.ok) {
      const { code } = ack.error;
      throw new (code === 'internal' || code === 'storage_unavailable' ? Error : Refused)(JSON.stringify(ack));
    }
    return ack as Answer;
  }
  close(): void {
    this.#socket?.socket.disconnect();
  }
  async #joined(url: string): Promise<Socket> {
    if (this.#socket?.url === url && this.#socket.socket.connected) return this.#socket.socket;
    this.close();
    const socket = io(url, {
      transports: ['websocket'],
      extraHeaders: { cookie: this.#person.cookie },
      forceNew: true,
      reconnection: false,
    });
    const ack = await socket.timeout(10_000).emitWithAck('join-stream', { streamId: this.#streamId });
    if (!ack.ok) throw new Error(JSON.stringify(ack));
    this.#socket = { url, socket };
    return socket;
  }
}

class Refused extends Error {}

/** What the books say against what was answered. */
async function compare(
  place: Place,
  creatorId: string,
  { paid }: TipWork,
): Promise<Omit<MoneyReport, 'tips' | 'kills' | 'sentAgain'>> {
  const admin = await signInAdmin(place.url);
  const credits = new Map<string, number>();
  let balance = 0;
  let cursor: string | null = null;
  do {
    const page: { status: number; body: { items: Transfer[]; nextCursor: string | null } } = await admin.call(
      'GET',
      `/api/admin/ledger?kind=tip&limit=100&q=${creatorId}${cursor === null ? '' : `&cursor=${cursor}`}`,
    );
    if (page.status !== 200) throw new Error(`the books: ${page.status}`);
    for (const { entries, key } of page.body.items) {
      const share = entries.find(({ account }) => account === 'pending')?.amount.amount ?? 0;
      credits.set(key, share);
      balance += share;
    }
    cursor = page.body.nextCursor;
  } while (cursor !== null);
  const check = await admin.call<{ isSound: boolean; results: { id: string; state: string }[] }>(
    'POST',
    '/api/admin/ledger/check',
  );
  const answers = [...paid.values()];
  const ids = new Set(answers.map(({ tip }) => tip.id));
  return {
    lost: Math.max(0, answers.length - credits.size),
    doubled: Math.max(0, credits.size - ids.size) + (answers.length - ids.size),
    balance,
    expected: answers.reduce((sum, { artistShare }) => sum + artistShare.amount, 0),
    isSound: check.body.isSound,
    broken: check.body.results.filter(({ state }) => state !== 'holds').map(({ id }) => id),
    perSecond: paid.size / (place.upMs / 1_000 || 1),
  };
}
