/**
 * `npm run bench tips [rounds] [million]`: tips a second for one hot creator, against a ledger that keeps balances in
 * rows, on one embedded PostgreSQL with fsync on. Both are one call of one SQL function; rounds take turns, so that a
 * busy neighbour disturbs both alike. Then how long a balance takes to read among many entries.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { realClock } from '../../src/clock.ts';
import { connectionStrings } from '../../src/db/connection-strings.ts';
import { startEmbeddedPostgres } from '../../src/db/embedded/embedded-postgres.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { silentLogger } from '../kit/silent-logger.ts';
import { FILL, NAIVE } from './tips-sql.ts';

const ROUND_MS = 4_000;
const FANS = 5_000;
const WARM_UP = 20;
const GOALS = { at16: 4, at64: 6, tail: 1 / 3, steadiness: 0.8, balanceMs: 2 } as const;

const rounds = Number(process.argv[2] ?? 3);
const entries = process.argv.includes('million') ? 1_000_000 : 100_000;

type Mode = 'naive' | 'ledger';
interface Measured {
  readonly perSecond: number;
  /** Milliseconds, smallest first. */
  readonly times: readonly number[];
}

/** The next key. */
let number = 0;

const dataFolder = await mkdtemp(path.join(tmpdir(), 'virgil-bench-tips-'));
const postgres = await startEmbeddedPostgres({ dataFolder, logger: silentLogger });
try {
  const urls = connectionStrings(postgres.url, '');
  const handle = await openDatabase({ urls, clock: realClock, logger: silentLogger });
  const admin = new pg.Client({ connectionString: urls.admin });
  await admin.connect();
  await admin.query(NAIVE);
  await admin.query('insert into naive_accounts select $1 || n, 1000000000 from generate_series(1, $2) n', [
    'fan:',
    FANS,
  ]);

  const results = new Map<string, Measured[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const clients of [16, 64]) {
      for (const mode of ['naive', 'ledger'] as const) {
        const measured = await play(urls.app, urls.admin, mode, clients);
        const name = `${mode} ${clients}`;
        results.set(name, [...(results.get(name) ?? []), measured]);
        console.log(`round ${round}, ${mode}, ${clients} clients: ${Math.round(measured.perSecond)} tips/s`);
      }
    }
  }
  const of = (mode: Mode, clients: number) => summary(results.get(`${mode} ${clients}`) ?? []);
  console.log('\nmedian of the rounds');
  for (const clients of [16, 64]) {
    for (const mode of ['naive', 'ledger'] as const) {
      const { p50, p99, perSecond } = of(mode, clients);
      console.log(
        `${mode.padEnd(7)} ${clients} clients  ${Math.round(perSecond).toLocaleString('en').padStart(7)} tips/s  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms`,
      );
    }
  }
  await checkSums(admin);
  const balance = await readBalances(admin);
  const ratio = (clients: number) => of('ledger', clients).perSecond / of('naive', clients).perSecond;
  const tail = Math.max(...[16, 64].map((clients) => of('ledger', clients).p99 / of('naive', clients).p99));
  const steadiness = of('ledger', 64).perSecond / of('ledger', 16).perSecond;
  const goals: [string, boolean][] = [
    [`${ratio(16).toFixed(1)} × naive at 16 clients, goal ≥ ${GOALS.at16}`, ratio(16) >= GOALS.at16],
    [`${ratio(64).toFixed(1)} × naive at 64 clients, goal ≥ ${GOALS.at64}`, ratio(64) >= GOALS.at64],
    [`p99 ${tail.toFixed(2)} × naive at most, goal ≤ 0.33`, tail <= GOALS.tail],
    [`rate at 64 clients ${steadiness.toFixed(2)} × at 16, goal ≥ ${GOALS.steadiness}`, steadiness >= GOALS.steadiness],
    [`balance ${balance.toFixed(2)} ms at the median, goal ≤ ${GOALS.balanceMs}`, balance <= GOALS.balanceMs],
  ];
  console.log('');
  for (const [words, met] of goals) console.log(`${words}: ${met ? 'met' : 'MISSED'}`);
  if (goals.some(([, met]) => !met)) process.exitCode = 1;
  await admin.end();
  await handle.close();
} finally {
  await postgres.stop();
  await rm(dataFolder, { recursive: true, force: true });
}

/** Each client sends its next tip when it has the answer to the last one. */
async function play(appUrl: string, adminUrl: string, mode: Mode, clients: number): Promise<Measured> {
  const url = mode === 'ledger' ? appUrl : adminUrl;
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({
        connectionString: url,
        ...(mode === 'ledger' ? { options: '-c role=app_system' } : {}),
      });
      await client.connect();
      return client;
    }),
  );
  const at = new Date().toISOString();
  const tip = (client: pg.Client) => client.query(mode === 'ledger' ? ledgerTip(at) : naiveTip());
  // A server's connections stay open; what a new one learns first is not measured.
  for (let n = 0; n < WARM_UP; n++) await Promise.all(connections.map(tip));
  const times: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + ROUND_MS;
  await Promise.all(
    connections.map(async (client) => {
      while (performance.now() < until) {
        const sentAt = performance.now();
        await tip(client);
        times.push(performance.now() - sentAt);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  await Promise.all(connections.map((client) => client.end()));
  return { perSecond: times.length / seconds, times: times.sort((a, b) => a - b) };
}

function ledgerTip(at: string): pg.QueryConfig {
  const key = `tip:${++number}`;
  return {
    name: 'ledger-tip',
    text: `select transfer_id, outcome from ledger_post($1, $1, 'hash', 'tip', 'USD', $2, null, 'stream', false, '{}',
      '{platform:clearing,creator:hot:pending,platform:fees}', '{-1000,900,100}')`,
    values: [key, at],
  };
}

function naiveTip(): pg.QueryConfig {
  const n = ++number;
  return { name: 'naive-tip', text: 'select naive_tip($1, $2)', values: [`tip:${n}`, `fan:${1 + (n % FANS)}`] };
}

function summary(measured: readonly Measured[]): { perSecond: number; p50: number; p99: number } {
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const quantile = (times: readonly number[], q: number) => times[Math.floor(times.length * q)] ?? Number.NaN;
  return {
    perSecond: median(measured.map(({ perSecond }) => perSecond)),
    p50: median(measured.map(({ times }) => quantile(times, 0.5))),
    p99: median(measured.map(({ times }) => quantile(times, 0.99))),
  };
}

async function checkSums(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ sum: string; entries: string; transfers: string }>(
    `select sum(amount), count(*) as entries, (select count(*) from ledger_transfers) as transfers from ledger_entries`,
  );
  const [{ sum = '', entries: made = '', transfers = '' } = {}] = rows;
  const isSound = sum === '0' && Number(made) === 3 * Number(transfers);
  console.log(`\n${Number(made).toLocaleString('en')} entries sum to ${sum}: ${isSound ? 'sound' : 'BROKEN'}`);
  if (!isSound) process.exitCode = 1;
}

/** An account of so many entries, of which a thousand came after the last sum was kept. Returns the median in ms. */
async function readBalances(admin: pg.Client): Promise<number> {
  await admin.query(FILL, [entries - 1_000]);
  await admin.query('select ledger_take_snapshots(1, now())');
  await admin.query(FILL, [1_000]);
  await admin.query('analyze ledger_entries');
  const ask = async (text: string, times: number) => {
    const taken: number[] = [];
    for (let n = 0; n < times; n++) {
      const startedAt = performance.now();
      await admin.query(text);
      taken.push(performance.now() - startedAt);
    }
    return taken.sort((a, b) => a - b);
  };
  const whole = await ask(`select sum(amount) from ledger_entries where account_id = 'platform:tax_withheld'`, 5);
  const kept = await ask(`select ledger_balance('platform:tax_withheld', 'USD')`, 500);
  const [p50 = Number.NaN, p99 = Number.NaN] = [0.5, 0.99].map((q) => kept[Math.floor(kept.length * q)]);
  console.log(
    `balance among ${entries.toLocaleString('en')} entries: ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms; all of them summed up: ${whole[2]?.toFixed(0)} ms`,
  );
  return p50;
}
