import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.mjs';

let folder;
let lock;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'one at a time '));
  lock = path.join(folder, 'prepare.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const writeLock = (content) =>
  writeFileSync(lock, JSON.stringify({ host: os.hostname(), token: 'theirs', ...content }));
const deadPid = () => spawnSync(process.execPath, ['--version']).pid;

describe('work that only one process may do at a time', () => {
  it('never overlaps, and leaves nothing behind', async () => {
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await wait(30);
      running--;
    };
    await Promise.all([1, 2, 3, 4].map(() => oneAtATime(lock, work)));
    expect(most).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('lets go when the work fails', async () => {
    await expect(oneAtATime(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });

  it('takes over from a process that is gone', async () => {
    writeLock({ pid: deadPid() });
    expect(await oneAtATime(lock, () => 'done')).toBe('done');
  });

  it('takes over from a holder whose number now belongs to somebody else', async () => {
    writeLock({ pid: process.ppid });
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, longAgo, longAgo);
    expect(await oneAtATime(lock, () => 'done')).toBe('done');
  });

  it('waits for a living holder and says for whom', async () => {
    writeLock({ pid: process.ppid });
    let holder;
    const waiting = oneAtATime(
      lock,
      () => 'done',
      (pid) => {
        holder = pid;
      },
    );
    await wait(50);
    expect(holder).toBe(process.ppid);
    rmSync(lock);
    expect(await waiting).toBe('done');
  });
});
