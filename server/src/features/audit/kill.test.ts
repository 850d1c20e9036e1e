import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { consistencyProof, openCheckpoint, parseVerifier, TreeReader, verifyConsistency } from 'virgil-tlog';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AuditKit, auditKit } from '../../../test/kit/audit-kit.ts';
import { tileReader } from './tree-store.ts';

const WORKER = path.join(import.meta.dirname, '../../../test/kit/audit-worker.ts');
const KILLS = 4;

let kit: AuditKit;
let worker: ChildProcess | undefined;
beforeEach(async () => {
  kit = await auditKit();
});
afterEach(async () => {
  worker?.kill('SIGKILL');
  await kit.close();
});

test('killed again and again while it writes: no act is lost or logged twice, and no reader ever saw two histories', {
  timeout: 90_000,
}, async () => {
  const seen = new Map<number, string>();
  let isWatching = true;
  const watching = (async () => {
    while (isWatching) {
      const last = await kit.log.published.read().catch(() => null);
      if (last?.note != null) {
        expect([last.size, seen.get(last.size) ?? last.note]).toEqual([last.size, last.note]);
        seen.set(last.size, last.note);
      }
      await sleep(2);
    }
  })();
  const recorded: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    worker = spawn(process.execPath, [WORKER, kit.db.urls.admin, kit.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (worker.stdout) await once(worker.stdout, 'data');
    const shown = seen.size;
    for (let n = 0; n < 10; n++) recorded.push(...(await kit.record()));
    while (seen.size === shown) await sleep(2);
    for (let n = 0; n < 15; n++) recorded.push(...(await kit.record()));
    await sleep(Math.random() * 40);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  }
  await kit.log.settle();
  isWatching = false;
  await watching;

  const logged = await kit.db.sql<{ event_id: string }>(
    `select event_id from audit_index where type = 'STRIKE_ISSUED'`,
  );
  expect(logged.map((row) => row.event_id).sort()).toEqual(recorded.sort());
  const signer = await kit.log.ring.signerOf(1);
  const log = { origin: signer?.origin ?? '', keys: signer?.verifiers.map(parseVerifier) ?? [] };
  const last = await kit.log.published.read();
  const newest = openCheckpoint(last?.note ?? '', log).checkpoint;
  expect(newest.size).toBe(recorded.length + 1);
  expect(seen.size).toBeGreaterThanOrEqual(KILLS);
  await kit.db.database.asSystem('a test', async (tx) => {
    const tree = new TreeReader(newest.size, tileReader(tx, 1));
    for (const note of seen.values()) {
      const older = openCheckpoint(note, log).checkpoint;
      expect(verifyConsistency(older, newest, await consistencyProof(older.size, tree))).toBe(true);
    }
  });
});
