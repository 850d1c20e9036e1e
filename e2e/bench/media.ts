/**
 * `npm run bench media [--rounds 3] [--seconds 8] [--viewers 10,50,200] [--churn 10m]`: what a WHEP viewer costs, and how
 * long a join takes, beside MediaMTX with the same pion clients on the same machine, turn by turn. `--churn` instead
 * lets five viewers a second come and go for that long.
 *
 * CPU is of the server's processes, less what they take with a publisher and no viewer, for each viewer that got all
 * packets: a server that drops packets under load is not the cheaper for it.
 */
import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Contestant, startMediaMtx, startVirgil } from './media/contestants.ts';
import { buildGoPrograms } from './media/go-programs.ts';
import { PionClient } from './media/pion-client.ts';
import { cpuSeconds, residentMegabytes } from './media/process-cost.ts';

const bitsPerSecond = 1_000_000;
/** Of the publisher: 30 frames of four packets, 50 of sound, and parameter sets. */
const packetsPerSecond = 171;
const joinGapMs = 15;
const churnPerSecond = 5;
const goals = { cpuRatio: 0.6, joinRatio: 3 };

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '8' },
    viewers: { type: 'string', default: '10,50,200' },
    churn: { type: 'string' },
  },
});

interface Round {
  /** Per cent of one core for one viewer. */
  readonly cpu: number;
  readonly joinMs: readonly number[];
  readonly failed: number;
  readonly lost: number;
  readonly packets: number;
  readonly megabytes: number;
}

const programs =
  process.platform === 'linux' ? await buildGoPrograms() : { missing: 'it reads /proc, which only Linux has' };
if ('missing' in programs) console.log(`skipped: ${programs.missing}`);
else if (values.churn !== undefined) await churn(programs.pion, parseDuration(values.churn));
else await compare(programs.pion, programs.mediaMtx);

async function compare(pion: string, mediaMtx: string): Promise<void> {
  const seconds = Number(values.seconds);
  console.log(
    `${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, ${bitsPerSecond / 1e6} Mbit/s, ${seconds} s a round`,
  );
  let met = true;
  for (const viewers of values.viewers.split(',').map(Number)) {
    const rounds: { virgil: Round; mediaMtx: Round }[] = [];
    for (let turn = 0; turn < Number(values.rounds); turn += 1) {
      rounds.push({
        virgil: await measure(await startVirgil(), pion, viewers, seconds),
        mediaMtx: await measure(await startMediaMtx(mediaMtx), pion, viewers, seconds),
      });
    }
    met = report(viewers, rounds) && met;
  }
  console.log(
    `goals (CPU ≤ ${goals.cpuRatio}×, join p95 ≤ ${goals.joinRatio}×, every viewer served): ${met ? 'met' : 'MISSED'}`,
  );
  if (!met) process.exitCode = 1;
}

async function measure(server: Contestant, pion: string, viewers: number, seconds: number): Promise<Round> {
  const publisher = new PionClient(pion, 'publish', server.whip, bitsPerSecond);
  try {
    await publisher.next('connected');
    await sleep(1_500);
    const idle = await cpuShare(server, 3_000);
    const load = new PionClient(pion, 'watch', server.whep, viewers, joinGapMs, seconds);
    const { joinMs, failed } = await load.next('joined');
    const busy = await cpuShare(server, seconds * 1_000 - 500);
    const megabytes = residentMegabytes(server.pids);
    const { packets, lost } = await load.next('measured');
    const served = packets / (seconds * packetsPerSecond);
    return { cpu: ((busy - idle) * 100) / served, joinMs, failed, lost, packets, megabytes };
  } finally {
    publisher.end();
    await server.stop();
  }
}

async function cpuShare(server: Contestant, durationMs: number): Promise<number> {
  const [cpu, at] = [cpuSeconds(server.pids), performance.now()];
  await sleep(durationMs);
  return (cpuSeconds(server.pids) - cpu) / ((performance.now() - at) / 1000);
}

function report(viewers: number, rounds: readonly { virgil: Round; mediaMtx: Round }[]): boolean {
  console.log(`\n${viewers} viewers`);
  for (const name of ['virgil', 'mediaMtx'] as const) {
    const own = rounds.map((round) => round[name]);
    const joins = own.flatMap((round) => round.joinMs).toSorted((a, b) => a - b);
    const [packets, lost] = [sum(own.map((round) => round.packets)), sum(own.map((round) => round.lost))];
    console.log(
      `  ${name.padEnd(9)} ${spread(
        own.map((round) => round.cpu),
        3,
      )} % of a core a viewer, ` +
        `join p50 ${quantile(joins, 0.5).toFixed(0)} p95 ${quantile(joins, 0.95).toFixed(0)} ms, ` +
        `${sum(own.map((round) => round.failed))} without media, ${lost} of ${packets} packets lost, ` +
        `${spread(
          own.map((round) => round.megabytes),
          0,
        )} MB`,
    );
  }
  const cpu = rounds.map(({ virgil, mediaMtx }) => virgil.cpu / mediaMtx.cpu);
  const join = rounds.map(({ virgil, mediaMtx }) => p95(virgil) / p95(mediaMtx));
  console.log(`  ratio     CPU ${spread(cpu, 2)}×, join p95 ${spread(join, 2)}×`);
  const served = rounds.every(({ virgil }) => virgil.failed === 0);
  return served && median(cpu) <= goals.cpuRatio && median(join) <= goals.joinRatio;
}

async function churn(pion: string, seconds: number): Promise<void> {
  const server = await startVirgil();
  const publisher = new PionClient(pion, 'publish', server.whip, bitsPerSecond);
  try {
    await publisher.next('connected');
    const visitors = new PionClient(pion, 'churn', server.whep, churnPerSecond, seconds);
    const memory: number[] = [];
    const timer = setInterval(() => memory.push(residentMegabytes(server.pids)), 5_000);
    const { joinMs, failed, withoutMedia } = await visitors.next('churned');
    clearInterval(timer);
    const sorted = joinMs.toSorted((a, b) => a - b);
    const [middle, last] = [median(memory.slice(0, Math.ceil(memory.length / 2))), memory.at(-1) ?? 0];
    console.log(
      `${churnPerSecond} joins/s for ${seconds} s: ${sorted.length} saw media, ${failed} refused, ${withoutMedia} without media, ` +
        `join p50 ${quantile(sorted, 0.5).toFixed(0)} p95 ${quantile(sorted, 0.95).toFixed(0)} ms\n` +
        `memory ${memory.map((megabytes) => megabytes.toFixed(0)).join(' ')} MB`,
    );
    const flat = last < middle * 1.25 + 20;
    console.log(`goal (flat memory, no failure): ${flat && failed === 0 && withoutMedia === 0 ? 'met' : 'MISSED'}`);
    if (!flat || failed > 0 || withoutMedia > 0) process.exitCode = 1;
  } finally {
    publisher.end();
    await server.stop();
  }
}

function p95(round: Round): number {
  return quantile(
    round.joinMs.toSorted((a, b) => a - b),
    0.95,
  );
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

function median(numbers: readonly number[]): number {
  return quantile(
    numbers.toSorted((a, b) => a - b),
    0.5,
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Median, with the smallest and the largest. */
function spread(numbers: readonly number[], digits: number): string {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return `${median(numbers).toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

function parseDuration(text: string): number {
  const match = /^(\d+)(s|m)?$/.exec(text);
  if (match === null) throw new Error('--churn takes a duration such as 30s or 10m');
  return Number(match[1]) * (match[2] === 'm' ? 60 : 1);
}
