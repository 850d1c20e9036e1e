/**
 * What is done to the stored log by somebody who may do anything to the database, and even by somebody who also has the
 * server's keys, is seen from outside: by the program of `packages/tlog`, with what it remembers from before, and by one
 * in Go that shares no line with it.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { append, completeRoot, emptyEdge, parseSigner, signCheckpoint, TILE_WIDTH, verifierKey } from 'virgil-tlog';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type SignedIn, type TestApp, testApp } from './kit/app.ts';

const TLOG = path.join(import.meta.dirname, '../../packages/tlog');
const run = promisify(execFile);

interface Stored {
  readonly entries: Buffer[];
  readonly heads: { size: number; root: Buffer }[];
}

let app: TestApp;
let admin: SignedIn;
let token: string;
let folder: string;
let stored: Stored;
let publishedBefore: string;

beforeAll(async () => {
  app = await testApp();
  admin = await app.signUp({ role: 'admin' });
  token = (await admin.byApiKey(['admin', 'read'])).headers.authorization?.slice('Bearer '.length) ?? '';
  folder = await mkdtemp(path.join(tmpdir(), 'virgil-outside-'));
  // A busy app: several batches, and more than one full tile.
  for (const count of [3, 300, 1, 250, 40]) {
    await app.storage.sql(
      `insert into audit_outbox (type, entity, entity_id, at) select 'STRIKE_ISSUED', 'strike', n::text, now() from generate_series(1, $1::integer) n`,
      [count],
    );
    await app.settle();
  }
  stored = await read();
  publishedBefore = await readFile(publishedFile(), 'utf8');
  expect(await verify('--state', state())).toMatchObject({ ok: true, size: stored.entries.length });
}, 60_000);
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const state = () => path.join(folder, 'seen.json');
const publishedFile = () => path.join(app.dataFolder, 'audit', 'published-checkpoint.json');

async function read(): Promise<Stored> {
  const entries = await app.storage.sql<{ leaf: Buffer }>('select leaf from audit_entries order by seq');
  const heads = await app.storage.sql<{ size: string; root: Buffer }>(
    'select size, root from audit_checkpoints order by size',
  );
  return {
    entries: entries.map(({ leaf }) => leaf),
    heads: heads.map(({ size, root }) => ({ size: Number(size), root })),
  };
}

/** The program as an auditor starts it. */
async function verify(
  ...more: string[]
): Promise<{ ok: boolean; size: number; findings: { kind: string; words: string }[] }> {
  const args = [path.join(TLOG, 'bin/virgil-tlog.mjs'), 'verify', app.url, '--json', '--token', token, ...more];
  const { stdout } = await run(process.execPath, args).catch((error: { stdout: string; stderr: string }) => {
    if (error.stdout === '') throw new Error(error.stderr);
    return error;
  });
  return JSON.parse(stdout);
}

/** As a superuser of the database, whom triggers and grants do not hold. */
async function rewrite(entries: readonly Buffer[]): Promise<{ size: number; root: Uint8Array }> {
  const tables = ['audit_entries', 'audit_tiles', 'audit_checkpoints'];
  for (const table of tables) await app.storage.sql(`alter table ${table} disable trigger append_only`);
  for (const table of tables) await app.storage.sql(`truncate ${table}`);
  const grown = append(emptyEdge, entries);
  await app.storage.sql(
    'insert into audit_entries select 1, n - 1, leaf, hash from unnest($1::bytea[], $2::bytea[]) with ordinality as list(leaf, hash, n)',
    [entries, grown.leafHashes.map((hash) => Buffer.from(hash))],
  );
  for (const { level, index, width, bytes } of grown.tiles) {
    if (level === 'entries' || width < TILE_WIDTH) continue;
    const values = [level, index, Buffer.from(bytes), Buffer.from(completeRoot(bytes))];
    await app.storage.sql('insert into audit_tiles values (1, $1, $2, $3, $4)', values);
  }
  for (const { size, root } of [
    ...stored.heads.filter((head) => head.size < grown.size),
    { size: grown.size, root: Buffer.from(grown.root) },
  ]) {
    await app.storage.sql('insert into audit_checkpoints values (1, $1, $2, now())', [size, root]);
  }
  for (const table of tables) await app.storage.sql(`alter table ${table} enable always trigger append_only`);
  return grown;
}

async function signer() {
  const ring = JSON.parse(await readFile(path.join(app.dataFolder, 'audit', 'log-keys.json'), 'utf8'));
  return parseSigner(ring.logs[0].keys[0].signer);
}

/** And as somebody who has the log's key as well, and the folder where it says what was published. */
async function signAnew(head: { size: number; root: Uint8Array }): Promise<void> {
  const published = JSON.parse(publishedBefore);
  const note = signCheckpoint({ origin: published.origin, size: head.size, root: head.root }, [await signer()]);
  const root = Buffer.from(head.root).toString('base64');
  await writeFile(publishedFile(), JSON.stringify({ ...published, size: head.size, root, note }));
}

const other = (leaf: Buffer) => Buffer.from(leaf.toString().replace('"STRIKE_ISSUED"', '"STRIKE_LIFTED"'));
const tamperings: Record<string, (entries: readonly Buffer[]) => Buffer[]> = {
  edited: (entries) => entries.map((leaf, n) => (n === 400 ? other(leaf) : leaf)),
  deleted: (entries) => entries.filter((_, n) => n !== 400),
  inserted: (entries) => [...entries.slice(0, 400), other(entries[400] as Buffer), ...entries.slice(400)],
  reordered: (entries) =>
    entries.map((leaf, n) => (n === 400 ? entries[401] : n === 401 ? entries[400] : leaf) as Buffer),
  truncated: (entries) => entries.slice(0, -7),
};

describe('from outside is seen', () => {
  beforeEach(async () => {
    await rewrite(stored.entries);
    await writeFile(publishedFile(), publishedBefore);
    await new Promise((resolve) => setTimeout(resolve, 120)); // the server reads the file anew
  });

  test('nothing, where nothing was done', async () => {
    expect(await verify('--state', state())).toMatchObject({ ok: true, findings: [] });
  });

  test.each(Object.keys(tamperings))('that entries were %s in the database', async (kind) => {
    await rewrite(tamperings[kind]?.(stored.entries) ?? []);
    const { ok, findings } = await verify('--state', state());
    expect([kind, ok, findings.length > 0]).toEqual([kind, false, true]);
  });

  test.each(Object.keys(tamperings))(
    'that entries were %s and the log was signed anew with its own key',
    async (kind) => {
      await signAnew(await rewrite(tamperings[kind]?.(stored.entries) ?? []));
      await new Promise((resolve) => setTimeout(resolve, 120));
      const { ok, findings } = await verify('--state', state());
      expect([kind, ok]).toEqual([kind, false]);
      expect(findings.map((finding) => finding.kind)).toContain(
        kind === 'truncated' ? 'truncated' : kind === 'deleted' ? 'truncated' : 'forked',
      );
    },
  );

  test('that a leaf alone was edited, its hash left as it was', async () => {
    await app.storage.sql('alter table audit_entries disable trigger append_only');
    await app.storage.sql('update audit_entries set leaf = $1 where seq = 400', [other(stored.entries[400] as Buffer)]);
    await app.storage.sql('alter table audit_entries enable always trigger append_only');
    const { ok, findings } = await verify('--state', state());
    expect([ok, findings[0]?.kind]).toEqual([false, 'edited']);
  });

  test('a fork: one history to one reader, another to the next', async () => {
    const forked = [...stored.entries.slice(0, 500), ...stored.entries.slice(500).map(other)];
    await signAnew(await rewrite(forked));
    await new Promise((resolve) => setTimeout(resolve, 120));
    const { ok, findings } = await verify('--state', state());
    expect([ok, findings[0]?.kind]).toEqual([false, 'forked']);
  });

  test('and the server itself signs nothing more once its database is another one', async () => {
    await rewrite(tamperings.edited?.(stored.entries) ?? []);
    await app.storage.sql(
      `insert into audit_outbox (type, entity, entity_id, at) values ('STRIKE_ISSUED', 'strike', 'x', now())`,
    );
    await app.settle();
    expect(await readFile(publishedFile(), 'utf8')).toBe(publishedBefore);
    const ready = (await (await app.stranger().fetch('/ready')).json()) as { status: string; dependencies: object };
    expect(ready).toMatchObject({ status: 'ready', dependencies: { 'audit log': 'unavailable' } });
    await app.storage.sql('delete from audit_outbox');
  });
});

interface GoVerdict {
  readonly entries: number;
  readonly pairs: number;
  readonly problems: readonly string[];
}
type GoVerifier = (options: {
  log: string;
  keys: readonly string[];
  token: string;
  checkpoints: string;
}) => Promise<GoVerdict>;

const { buildGoVerifier } = (await import(path.join(TLOG, 'go-verify/go-verifier.ts'))) as {
  buildGoVerifier(): Promise<GoVerifier | { readonly missing: string }>;
};
const built = await buildGoVerifier();
const missing = typeof built === 'function' ? null : built.missing;
if (missing !== null) console.warn(`skipped, the audit log under a verifier in Go: ${missing}`);

describe.skipIf(missing !== null)('a program in Go', () => {
  const verifyInGo = async () => {
    const key = await signer();
    const { origin } = JSON.parse(publishedBefore);
    const checkpoints = path.join(folder, 'checkpoints.json');
    // Signing is deterministic: these are the very notes that were published.
    const notes = stored.heads.map((head) => signCheckpoint({ origin, ...head }, [key]));
    await writeFile(checkpoints, JSON.stringify(notes));
    return (built as GoVerifier)({ log: `${app.url}/log`, keys: [verifierKey(key)], token, checkpoints });
  };
  beforeEach(async () => {
    await rewrite(stored.entries);
    await writeFile(publishedFile(), publishedBefore);
    await new Promise((resolve) => setTimeout(resolve, 120));
  });

  test('proves every entry of the served log, and every pair of consecutive checkpoints', async () => {
    const verdict = await verifyInGo();
    expect(verdict).toMatchObject({ entries: stored.entries.length, problems: [] });
    expect(verdict.pairs).toBeGreaterThanOrEqual(stored.heads.length - 1);
  });

  test.each(Object.keys(tamperings))('finds that entries were %s', async (kind) => {
    await signAnew(await rewrite(tamperings[kind]?.(stored.entries) ?? []));
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect((await verifyInGo()).problems).not.toEqual([]);
  });
});
