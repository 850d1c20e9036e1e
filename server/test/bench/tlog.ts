/**
 * `npm run bench tlog [--rounds 5] [--events 5000] [--seconds 5]`: how many events a second the audit log takes, on the
 * embedded PostgreSQL with fsync on. The real sequencer (outbox, sealing, index, tiles, one commit a batch, signature,
 * checkpoint on disk) against the plain way, which seals, inserts, commits and signs one event after the other, without
 * an outbox and without a file. Both in turns on the same database. Then, from commit to signed checkpoint, at a steady
 * rate of events from several connections.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { inArray } from 'drizzle-orm';
import { Registry } from 'prom-client';
import { append, emptyEdge, generateKey, parseSigner, signCheckpoint, type TreeEdge } from 'virgil-tlog';
import { realClock } from '../../src/clock.ts';
import { connectionStrings } from '../../src/db/connection-strings.ts';
import { startEmbeddedPostgres } from '../../src/db/embedded/embedded-postgres.ts';
import { type AuditEntry, recordAudit } from '../../src/db/index.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { auditIndex } from '../../src/db/schema/index.ts';
import { AuditLog } from '../../src/features/audit/audit-log.ts';
import { insertBatch } from '../../src/features/audit/batch-store.ts';
import { buildEntry, namedPeople, possiblePeople } from '../../src/features/audit/entry.ts';
import { peopleOfBatch } from '../../src/features/audit/person-keys.ts';
import { insertLog } from '../../src/features/audit/tree-store.ts';
import { silentLogger } from '../kit/silent-logger.ts';

const GOALS = { eventsPerSecond: 10_000, ratio: 8, p99Ms: 1_000 };
const WRITERS = 8;
const PER_SECOND = 500;
const PEOPLE = 200;
/** A log of its own, below the number of any other. */
const PLAIN_LOG = 0;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    events: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '5' },
  },
});
const events = Number(values.events);
const plainEvents = Math.max(100, Math.round(events / 20));

const folder = await mkdtemp(path.join(tmpdir(), 'virgil-bench-tlog-'));
const postgres = await startEmbeddedPostgres({ dataFolder: folder, logger: silentLogger });
const handle = await openDatabase({
  urls: connectionStrings(postgres.url, ''),
  clock: realClock,
  logger: silentLogger,
});
const published: { readonly size: number; readonly at: number }[] = [];
const log = await AuditLog.open({
  handle,
  clock: realClock,
  logger: silentLogger,
  registry: new Registry(),
  dataFolder: folder,
  publicUrl: 'https://bench.example',
  witness: null,
});
const plain = { edge: emptyEdge as TreeEdge, key: parseSigner(generateKey('bench.example/plain').signer) };

try {
  // Not counted: keys of people, plans, the first pages.
  await backlog(1_000);
  await sequenced(1_000);
  // Only now: the sequencer goes on with the newest log, and would take this one for its own.
  await handle.database.asSystem('the log of the plain way', (tx) =>
    insertLog(tx, { id: PLAIN_LOG, origin: 'bench.example/plain' }, realClock.now()),
  );
  await onePlain(PEOPLE);

  console.log(`load ${loadavg()[0]?.toFixed(1)}, ${events} events a round in batches, ${plainEvents} one by one`);
  const rounds: { batched: number; single: number }[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    await backlog(events);
    const batched = await rate(events, () => sequenced(events));
    const single = await rate(plainEvents, () => onePlain(plainEvents));
    rounds.push({ batched, single });
    console.log(
      `  batched ${whole(batched)}/s, one commit an event ${whole(single)}/s, ${(batched / single).toFixed(1)}×`,
    );
  }
  const batched = summary(rounds.map((round) => round.batched));
  const ratio = summary(rounds.map((round) => round.batched / round.single));
  console.log(`batched: median ${whole(batched.median)}/s (${whole(batched.least)} to ${whole(batched.most)})`);
  console.log(`ratio: median ${ratio.median.toFixed(1)}× (${ratio.least.toFixed(1)} to ${ratio.most.toFixed(1)})`);

  const latency = await steady(Number(values.seconds));
  const [p50, p99] = [quantile(latency, 0.5), quantile(latency, 0.99)];
  console.log(
    `${whole(latency.length / Number(values.seconds))} events a second from ${WRITERS} connections, from commit to signed checkpoint: ` +
      `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
  );
  const met = [
    goal(
      `≥ ${whole(GOALS.eventsPerSecond)} events/s or ≥ ${GOALS.ratio}× one commit an event`,
      batched.median >= GOALS.eventsPerSecond || ratio.median >= GOALS.ratio,
    ),
    goal(`event to signed checkpoint p99 ≤ ${GOALS.p99Ms} ms`, p99 <= GOALS.p99Ms),
  ];
  if (!met.every(Boolean)) process.exitCode = 1;
} finally {
  await log.stop();
  await handle.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

/** An act like most: somebody decides about somebody, for a reason in words. */
function act(n: number): AuditEntry {
  const concerned = `bench-person-${n % PEOPLE}`;
  return {
    type: 'STRIKE_ISSUED',
    entity: 'profile',
    entityId: concerned,
    actorId: `bench-admin-${n % 7}`,
    at: realClock.now(),
    details: { strikeId: crypto.randomUUID(), number: 1 + (n % 3), category: 'harassment' },
    personal: [{ userId: concerned, data: { reason: `Insulted another person in the chat, message ${n}.` } }],
  };
}

async function backlog(count: number): Promise<void> {
  for (let from = 0; from < count; from += 500) {
    const acts = Array.from({ length: Math.min(500, count - from) }, (_, n) => act(from + n));
    await handle.database.asSystem('events for the benchmark', (tx) => recordAudit(tx, acts));
  }
}

async function sequenced(count: number): Promise<void> {
  const taken = await log.sequencer.run();
  // The first entry of a log is its own.
  if (taken < count)
    throw new Error(`${taken} of ${count} events were taken; refusal: ${log.sequencer.refusal?.reason}`);
}

/** Each event in a commit and under a signature of its own. */
async function onePlain(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const head = await handle.database.asSystem('one event by itself', async (tx) => {
      const entry = act(n);
      const at = realClock.now();
      const row = {
        eventId: crypto.randomUUID(),
        version: 1,
        ...entry,
        details: entry.details ?? {},
        personal: entry.personal ?? [],
      };
      const people = await peopleOfBatch(tx, log.wrapping, {
        named: new Set(namedPeople(row)),
        possible: new Set(possiblePeople(row)),
        at,
      });
      const seq = plain.edge.size;
      const built = buildEntry(row, { origin: 'bench.example/plain', seq }, people.isPerson, people.keyOf);
      const grown = append(plain.edge, [built.bytes]);
      const hash = grown.leafHashes[0] as Uint8Array;
      const owners = built.people.map((userId, part) => [part, userId] as const);
      const entries = [
        { act: row, seq, bytes: built.bytes, hash, actorId: row.actorId, entityId: row.entityId, people: owners },
      ];
      await insertBatch(tx, PLAIN_LOG, { entries, tiles: grown.tiles, head: grown, at });
      plain.edge = grown.edge;
      return grown;
    });
    signCheckpoint({ origin: 'bench.example/plain', size: head.size, root: head.root }, [plain.key]);
  }
}

/** Milliseconds from the commit of each event to the checkpoint that covers it. */
async function steady(seconds: number): Promise<number[]> {
  const committedAt = new Map<string, number>();
  const watch = watchPublications();
  await log.start();
  const start = performance.now();
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    for (let n = writer; n < PER_SECOND * seconds; n += WRITERS) {
      await sleep(Math.max(0, start + (n * 1_000) / PER_SECOND - performance.now()));
      const [eventId = ''] = await handle.database.asSystem('one event', (tx) => recordAudit(tx, act(n)));
      committedAt.set(eventId, performance.now());
    }
  });
  await Promise.all(writers);
  await log.settle();
  clearInterval(watch);
  await look();
  const rows = await handle.database.asSystem('where the events came to stand', (tx) =>
    tx
      .select({ eventId: auditIndex.eventId, seq: auditIndex.seq })
      .from(auditIndex)
      .where(inArray(auditIndex.eventId, [...committedAt.keys()])),
  );
  if (rows.length < committedAt.size) throw new Error('an event did not reach the log');
  return rows
    .map(({ eventId, seq }) => {
      const publication = published.find(({ size }) => size > seq);
      if (publication === undefined) throw new Error('an event is under no checkpoint');
      return publication.at - (committedAt.get(eventId) ?? 0);
    })
    .sort((a, b) => a - b);
}

/** As a reader would: by looking at the checkpoint on disk. Adds up to 5 ms. */
function watchPublications(): NodeJS.Timeout {
  return setInterval(() => void look(), 5);
}

async function look(): Promise<void> {
  const now = await log.published.read();
  if (now?.note != null && now.size !== published.at(-1)?.size)
    published.push({ size: now.size, at: performance.now() });
}

async function rate(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (count * 1_000) / (performance.now() - start);
}

function summary(numbers: readonly number[]): { least: number; median: number; most: number } {
  const sorted = numbers.toSorted((a, b) => a - b);
  return { least: sorted[0] ?? 0, median: quantile(sorted, 0.5), most: sorted.at(-1) ?? 0 };
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}

function goal(what: string, met: boolean): boolean {
  console.log(`goal ${what}: ${met ? 'met' : 'MISSED'}`);
  return met;
}
