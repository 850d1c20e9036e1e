import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/kit/database.ts';
import { EFFECTS_TABLE, planEffects } from '../../test/kit/effect-job.ts';

const NODE = path.join(import.meta.dirname, '../../test/kit/job-worker.ts');
const JOBS = 600;

let db: TestDatabase;
const nodes: ChildProcess[] = [];

async function startNode(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [NODE, db.urls.admin], { stdio: ['ignore', 'pipe', 'inherit'] });
  nodes.push(child);
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

beforeEach(async () => {
  db = await testDatabase();
  await db.sql(EFFECTS_TABLE);
});
afterEach(async () => {
  for (const node of nodes.splice(0)) node.kill('SIGKILL');
  await db.drop();
});

test('three nodes, two of them killed while they work: every job has its effect once', {
  timeout: 60_000,
}, async () => {
  const [first, second] = await Promise.all([startNode(), startNode(), startNode()]);
  const from = new Date(Date.now() + 200).toISOString();
  await db.sql(planEffects(JOBS, `timestamptz '${from}' + n * interval '3 ms'`, 'job '));
  await sleep(700);
  first?.kill('SIGKILL');
  await startNode();
  second?.kill('SIGKILL');
  await startNode();
  const deadline = Date.now() + 30_000;
  const left = async () => (await db.sql<{ n: number }>('select count(*)::integer as n from jobs'))[0]?.n;
  while ((await left()) !== 0 && Date.now() < deadline) await sleep(50);
  const [sum] = await db.sql('select count(*)::integer as ran, count(distinct key)::integer as jobs from effects');
  expect(sum).toEqual({ ran: JOBS, jobs: JOBS });
});
