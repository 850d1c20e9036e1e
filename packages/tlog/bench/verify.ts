/**
 * `node bench/verify.ts [--entries 100000]`: writes a log of so many entries to a folder, in batches of 500 that are
 * each signed, then checks all of it as an outsider does: every tile, every entry, the signature, and what was seen of
 * it before. That is what `virgil-tlog verify` does.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  append,
  checkLog,
  emptyEdge,
  folderSource,
  generateKey,
  LeafList,
  parseSigner,
  parseVerifier,
  type StoredTile,
  signCheckpoint,
  TILE_WIDTH,
  type TreeEdge,
} from '../src/index.ts';

const GOAL_SECONDS_PER_MILLION = 60;
const BATCH = 500;
const ORIGIN = 'bench.example/log';
const { values } = parseArgs({ options: { entries: { type: 'string', default: '100000' } } });
const size = Number(values.entries);

const folder = await mkdtemp(path.join(tmpdir(), 'tlog-bench-'));
const key = generateKey(ORIGIN);
try {
  console.log(`load ${loadavg()[0]?.toFixed(1)}, ${whole(size)} entries of about 300 bytes`);
  const hashes: Uint8Array[] = [];
  const partial = new Map<StoredTile['level'], StoredTile | null>();
  let half = '';
  let edge: TreeEdge = emptyEdge;
  let appending = 0;
  let checkpoint = '';
  while (edge.size < size) {
    const count = Math.min(BATCH, size - edge.size);
    const entries = Array.from({ length: count }, (_, n) => entry(edge.size + n));
    const start = performance.now();
    const { edge: next, root, tiles, leafHashes } = append(edge, entries);
    checkpoint = signCheckpoint({ origin: ORIGIN, size: next.size, root }, [parseSigner(key.signer)]);
    appending += performance.now() - start;
    edge = next;
    if (half === '' && edge.size * 2 >= size) half = checkpoint;
    if (half === '' || half === checkpoint) hashes.push(...leafHashes);
    for (const tile of tiles) {
      if (tile.width === TILE_WIDTH) await put(tile.path, tile.bytes);
      // Only the last partial tile of each level is worth keeping.
      partial.set(tile.level, tile.width === TILE_WIDTH ? null : tile);
    }
  }
  for (const tile of partial.values()) if (tile !== null) await put(tile.path, tile.bytes);
  await put('checkpoint', Buffer.from(checkpoint));
  console.log(`appended and signed ${whole((size * 1_000) / appending)} entries/s, in batches of ${BATCH}`);

  const source = folderSource(folder);
  const start = performance.now();
  const { findings, entriesChecked } = await checkLog({
    source,
    entries: source,
    origin: ORIGIN,
    keys: [parseVerifier(key.verifier)],
    seen: { note: half, leaves: new LeafList(Buffer.concat(hashes)) },
  });
  const seconds = (performance.now() - start) / 1_000;
  if (findings.length > 0 || entriesChecked !== size) throw new Error(JSON.stringify(findings));
  const perMillion = (seconds * 1_000_000) / size;
  const met = perMillion < GOAL_SECONDS_PER_MILLION;
  console.log(`checked ${whole(entriesChecked)} entries in ${seconds.toFixed(1)} s`);
  console.log(
    `goal < ${GOAL_SECONDS_PER_MILLION} s a million (${perMillion.toFixed(1)} s at this rate): ${met ? 'met' : 'MISSED'}`,
  );
  if (!met) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

function entry(index: number): Buffer {
  return Buffer.from(
    JSON.stringify({ v: 1, id: index, at: '2026-01-01T00:00:00.000Z', type: 'THING_DONE', details: 'x'.repeat(220) }),
  );
}

async function put(name: string, bytes: Uint8Array): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}
