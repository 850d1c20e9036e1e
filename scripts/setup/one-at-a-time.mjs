import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const heartbeatMs = 2000;
const silenceMs = 15_000;
const ownTokens = new Set();

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readLock(file) {
  try {
    return { ...JSON.parse(readFileSync(file, 'utf8')), touchedAt: statSync(file).mtimeMs };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A process number alone proves little (containers reuse them), so a holder also touches its lock while it works. */
function isAlive({ pid, host, token, touchedAt }) {
  if (Date.now() - touchedAt > silenceMs) return false;
  if (host !== os.hostname()) return true;
  return pid === process.pid ? ownTokens.has(token) : isRunning(pid);
}

/** A link appears whole or not at all, so nobody ever reads half a lock. */
function tryTake(lockFile, claim) {
  try {
    linkSync(claim, lockFile);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Of two that find the same dead holder one wins the rename; a lock that a third took in between is put back. */
function clearDead(lockFile, aside) {
  try {
    renameSync(lockFile, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (isAlive(readLock(aside))) tryTake(lockFile, aside);
  rmSync(aside, { force: true });
}

/**
 * Runs `work` while no other process does under the same lock file.
 * @param onWait called once, with the process number of the holder, when this one has to wait
 */
export async function oneAtATime(lockFile, work, onWait = () => {}) {
  mkdirSync(path.dirname(lockFile), { recursive: true });
  const token = randomUUID();
  const claim = `${lockFile}.${token}`;
  const touch = () => utimesSync(claim, new Date(), new Date());
  ownTokens.add(token);
  let heartbeat;
  try {
    writeFileSync(claim, JSON.stringify({ pid: process.pid, host: os.hostname(), token }));
    for (let told = false; !tryTake(lockFile, claim); ) {
      const held = readLock(lockFile);
      if (!held) continue;
      if (!isAlive(held)) {
        clearDead(lockFile, `${claim}.dead`);
        continue;
      }
      if (!told) onWait(held.pid);
      told = true;
      await wait(200);
      touch();
    }
    heartbeat = setInterval(touch, heartbeatMs);
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (readLock(lockFile)?.token === token) rmSync(lockFile, { force: true });
    rmSync(claim, { force: true });
    ownTokens.delete(token);
  }
}
