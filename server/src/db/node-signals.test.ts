import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/kit/database.ts';
import { silentLogger } from '../../test/kit/silent-logger.ts';
import { realClock } from '../clock.ts';
import { hearNodeSignals, type NodeSignal, type NodeSignals, signalNodes } from './node-signals.ts';

let db: TestDatabase;
const nodes: NodeSignals[] = [];
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(async () => {
  for (const node of nodes) await node.stop();
  await db.drop();
});

async function startNode(): Promise<{ heard: NodeSignal[]; missedSince: Date[] }> {
  const heard: NodeSignal[] = [];
  const missedSince: Date[] = [];
  const node = hearNodeSignals({
    connectionString: db.urls.app,
    clock: realClock,
    logger: silentLogger,
    hear: async (word) => void heard.push(word),
    missed: async (since) => void missedSince.push(since),
  });
  nodes.push(node);
  await node.start();
  return { heard, missedSince };
}

const signal = (id: string, fails = false) =>
  db.database.asSystem('a test', async (tx) => {
    await signalNodes(tx, { kind: 'test', id });
    if (fails) throw new Error('rolled back');
  });

test('every node hears what was committed, and nobody what was rolled back', async () => {
  const [one, two] = [await startNode(), await startNode()];
  await expect(signal('undone', true)).rejects.toThrow('rolled back');
  await signal('done');
  for (const { heard } of [one, two]) await expect.poll(() => heard).toEqual([{ kind: 'test', id: 'done' }]);
  expect([one.missedSince, two.missedSince]).toEqual([[], []]);
});

test('a node that was cut off is told since when, and hears again', async () => {
  const node = await startNode();
  const before = new Date();
  await db.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'virgil signals' and datname = current_database()`,
  );
  await signal('missed');
  await expect.poll(() => node.missedSince, { timeout: 5_000 }).toHaveLength(1);
  expect(node.missedSince[0]?.getTime()).toBeGreaterThanOrEqual(before.getTime() - 50);
  await signal('heard');
  await expect.poll(() => node.heard.map(({ id }) => id)).toContain('heard');
});

test('what others put on the line is left alone', async () => {
  const { heard } = await startNode();
  await db.sql(`select pg_notify('virgil_nodes', 'nonsense'), pg_notify('virgil_nodes', '{"kind": 1}')`);
  await signal('ours');
  await expect.poll(() => heard).toEqual([{ kind: 'test', id: 'ours' }]);
});
