/**
 * What somebody with every right on the database can do to the log, looked at from outside, by two programs that know
 * nothing of this server: the verifier of `virgil-tlog` over HTTP, and, where Go is present, libraries that others wrote.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { accounts } from '@virgil/contract';
import {
  append,
  checkLog,
  completeRoot,
  emptyEdge,
  httpSource,
  type LeafList,
  parseSigner,
  parseVerifier,
  signCheckpoint,
  TILE_WIDTH,
  type Verdict,
} from 'virgil-tlog';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildGoVerifier, type GoVerdict, type GoVerifier } from '../../../../packages/tlog/go-verify/go-verifier.ts';
import { type TestApp, testApp } from '../../../test/kit/app.ts';

const ENTRIES = 600;
const TABLES = ['audit_entries', 'audit_tiles', 'audit_checkpoints'];

const built = await buildGoVerifier();
const missing = typeof built === 'function' ? null : built.missing;
if (missing !== null) console.warn(`skipped, the verification of the server's log in Go: ${missing}`);

let app: TestApp;
let token: string;
let verifier: string;
/** Every checkpoint that was there to be seen, oldest first. */
const notes: string[] = [];
let seen: { readonly note: string; readonly leaves: LeafList };
let publishedFile: string;
let published: string;

beforeAll(async () => {
  app = await testApp();
  const admin = await app.signUp({ role: 'admin' });
  token = (await admin.call(accounts.createApiKey, { body: { name: 'verifier', scopes: ['admin'] } })).key;
  for (let batch = 0; batch < 6; batch += 1) {
    await app.storage.sql(
      `insert into audit_outbox (type, entity, entity_id, at)
       select 'STRIKE_ISSUED', 'strike', 'strike-' || n, now() from generate_series(1, $1) n`,
      [ENTRIES / 6],
    );
    await app.settle();
    notes.push(await (await fetch(`${app.url}/log/checkpoint`)).text());
  }
  verifier = (await (await fetch(`${app.url}/log/key`)).text()).trim();
  const first = await look();
  if (first.note === null || first.leaves === null) throw new Error('there is no log');
  seen = { note: first.note, leaves: first.leaves };
  publishedFile = path.join(app.dataFolder, 'audit', 'published-checkpoint.json');
  published = await readFile(publishedFile, 'utf8');
  for (const table of TABLES) {
    await app.storage.sql(`create table kept_${table} as table ${table}`);
    await app.storage.sql(`alter table ${table} disable trigger all`);
  }
});
afterAll(() => app.close());

afterEach(async () => {
  await writeFile(publishedFile, published);
  await app.storage.sql('begin');
  for (const table of TABLES) {
    await app.storage.sql(`delete from ${table}`);
    await app.storage.sql(`insert into ${table} table kept_${table}`);
  }
  await app.storage.sql('commit');
});

function look(isAdmin = true): Promise<Verdict> {
  const key = parseVerifier(verifier);
  return checkLog({
    source: httpSource(`${app.url}/log`),
    ...(isAdmin ? { entries: httpSource(`${app.url}/log`, { token }) } : {}),
    origin: key.name,
    keys: [key],
    ...(seen === undefined ? {} : { seen }),
  });
}

async function lookInGo(): Promise<GoVerdict> {
  const checkpoints = path.join(app.dataFolder, 'checkpoints.json');
  await writeFile(checkpoints, JSON.stringify(notes));
  return (built as GoVerifier)({ log: `${app.url}/log`, keys: [verifier], token, checkpoints });
}

/** The whole log written anew with other entries: hashes, tiles and heads all fit one another. */
async function rewrite(change: (leaves: Uint8Array[]) => void): Promise<{ size: number; root: Uint8Array }> {
  const rows = await app.storage.sql<{ leaf: Buffer }>('select leaf from audit_entries order by seq');
  const leaves: Uint8Array[] = rows.map(({ leaf }) => leaf);
  change(leaves);
  const grown = append(emptyEdge, leaves);
  const full = grown.tiles.filter(({ level, width }) => level !== 'entries' && width === TILE_WIDTH);
  await app.storage.sql('begin');
  for (const table of TABLES) await app.storage.sql(`delete from ${table}`);
  await app.storage.sql(
    `insert into audit_entries select 1, n - 1, leaf, hash from unnest($1::bytea[], $2::bytea[]) with ordinality as t (leaf, hash, n)`,
    [leaves, grown.leafHashes],
  );
  await app.storage.sql(
    'insert into audit_tiles select 1, * from unnest($1::integer[], $2::bigint[], $3::bytea[], $4::bytea[])',
    [
      full.map(({ level }) => level),
      full.map(({ index }) => index),
      full.map(({ bytes }) => bytes),
      full.map(({ bytes }) => completeRoot(bytes)),
    ],
  );
  await app.storage.sql('insert into audit_checkpoints select 1, size, root, committed_at from kept_audit_checkpoints');
  await app.storage.sql('commit');
  return { size: grown.size, root: grown.root };
}

const forged = (leaves: readonly Uint8Array[], at: number) =>
  Buffer.from(
    Buffer.from(leaves[at] ?? [])
      .toString()
      .replace('STRIKE_ISSUED', 'STRIKE_LIFTED'),
  );

const tamperings: Record<string, (leaves: Uint8Array[]) => void> = {
  edited: (leaves) => leaves.splice(41, 1, forged(leaves, 41)),
  deleted: (leaves) => leaves.splice(41, 1),
  inserted: (leaves) => leaves.splice(41, 0, forged(leaves, 7)),
  reordered: (leaves) => leaves.splice(41, 2, ...leaves.slice(41, 43).reverse()),
  truncated: (leaves) => leaves.splice(leaves.length - 20),
};

test('an untouched log is good, to everybody and to admins', async () => {
  expect(await look(false)).toMatchObject({ findings: [], entriesChecked: 0 });
  const { findings, entriesChecked, opened } = await look();
  expect(findings).toEqual([]);
  expect(entriesChecked).toBe(opened?.checkpoint.size);
  expect(entriesChecked).toBeGreaterThan(ENTRIES);
});

describe('a superuser of the database', () => {
  test.each(Object.entries(tamperings))(
    'who leaves entries %s is found out, whatever else fits',
    async (kind, tamper) => {
      await rewrite(tamper);
      const { findings } = await look(false);
      expect(findings[0]).toMatchObject({ kind });
    },
  );

  test('who only changes what admins read is found out by an admin', async () => {
    const [row] = await app.storage.sql<{ leaf: Buffer }>('select leaf from audit_entries where seq = 41');
    await app.storage.sql('update audit_entries set leaf = $1 where seq = 41', [forged([row?.leaf ?? Buffer.of()], 0)]);
    expect((await look(false)).findings).toEqual([]);
    expect((await look()).findings).toMatchObject([{ kind: 'edited', at: 41 }]);
  });

  test('who has the signing key as well makes a fork, and both checkpoints prove it', async () => {
    const head = await rewrite((leaves) => leaves.splice(41, 1, forged(leaves, 41)));
    const ring = JSON.parse(await readFile(path.join(app.dataFolder, 'audit', 'log-keys.json'), 'utf8'));
    const [{ origin, keys }] = ring.logs;
    const note = signCheckpoint({ origin, ...head }, [parseSigner(keys[0].signer)]);
    const root = Buffer.from(head.root).toString('base64');
    await writeFile(publishedFile, JSON.stringify({ ...JSON.parse(published), root, note }));
    await sleep(200); // a server knows for a moment what it published
    const { findings } = await look();
    expect(findings).toMatchObject([{ kind: 'forked', at: 41 }]);
    expect(findings[0]?.words).toContain('Entry 41 was edited.');
  });
});

describe.skipIf(missing !== null)('libraries that others wrote, in Go', () => {
  test('prove every entry and every pair of consecutive checkpoints', async () => {
    const { entries, pairs, size, problems } = await lookInGo();
    expect(problems).toEqual([]);
    expect(entries).toBe(size);
    expect(entries).toBe(seen.leaves.size);
    expect(pairs).toBe(notes.length);
  });

  test.each(Object.entries(tamperings))('find that entries were %s', async (_, tamper) => {
    await rewrite(tamper);
    expect((await lookInGo()).problems).not.toEqual([]);
  });
});
