import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { inclusionProof, leafHash, TreeReader, verifyInclusion } from 'virgil-tlog';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AuditKit, auditKit } from '../../../test/kit/audit-kit.ts';
import { makePerson } from '../../../test/kit/people.ts';
import { destroyKeyOf, entriesAbout, holdKeyOf, releaseKeyOf } from './index.ts';
import { tileReader } from './tree-store.ts';

const SECRETS = ['Beatrice Portinari', 'beatrice@example.org', 'She said that Dante was late.', '198.51.100.7'];

let kit: AuditKit;
let bea: string;
let dante: string;
beforeEach(async () => {
  kit = await auditKit();
  bea = (await makePerson(kit.db, 'Bea')).userId;
  dante = (await makePerson(kit.db, 'Dante')).userId;
  const [name, email, words, address] = SECRETS as [string, string, string, string];
  await kit.record(
    { type: 'ACCOUNT_CREATED', entity: 'profile', entityId: bea, actorId: bea, details: { displayName: name } },
    {
      type: 'EMAIL_CHANGE_ASKED',
      entity: 'account',
      entityId: bea,
      actorId: bea,
      personal: [{ userId: bea, data: { email, address } }],
    },
    { type: 'STRIKE_ISSUED', actorId: dante, details: { userId: bea, reason: words, number: 1 } },
    {
      type: 'LIVESTREAM_STARTED',
      entity: 'livestream',
      entityId: 'stream-00001',
      actorId: bea,
      details: { channelId: bea },
    },
    { type: 'CHANNEL_FOLLOWED', entity: 'channel', entityId: bea, actorId: dante },
  );
  await kit.log.settle();
});
afterEach(() => kit.close());

const asSystem = <T>(work: Parameters<typeof kit.db.database.asSystem<T>>[1]) =>
  kit.db.database.asSystem('a test', work);
const destroy = (who: string) => asSystem((tx) => destroyKeyOf(tx, who, new Date()));
const leaves = async () =>
  (await kit.db.sql<{ leaf: Buffer }>('select leaf from audit_entries order by seq')).map(({ leaf }) => leaf);
/** Every column of every table of the log, and all that is in its folder. */
async function everythingStored(): Promise<string> {
  const tables = await kit.db.sql<{ name: string }>(
    `select relname as name from pg_class where relname like 'audit%' and relkind = 'r'`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await kit.db.sql<{ row: string }>(`select t::text as row from ${name} t`);
    parts.push(
      ...rows.map(({ row }) =>
        row.replaceAll(/\\\\?x([0-9a-f]+)/g, (_, hex: string) => Buffer.from(hex, 'hex').toString('latin1')),
      ),
    );
  }
  parts.push(...(await leaves()).map((leaf) => leaf.toString('latin1')));
  const folder = path.join(kit.folder, 'audit');
  for (const file of await readdir(folder)) parts.push(await readFile(path.join(folder, file), 'latin1'));
  return parts.join('\n');
}

describe('before anybody is erased', () => {
  test('nothing that tells of a person lies open in the log or beside it', async () => {
    const stored = await everythingStored();
    for (const secret of SECRETS) expect(stored).not.toContain(secret);
    for (const leaf of await leaves()) for (const id of [bea, dante]) expect(leaf.includes(id)).toBe(false);
  });

  test('a person gets their own part of each entry, and nobody else’s', async () => {
    const own = await entriesAbout(kit.log, bea);
    expect(own.map(({ type }) => type)).toEqual([
      'ACCOUNT_CREATED',
      'EMAIL_CHANGE_ASKED',
      'STRIKE_ISSUED',
      'LIVESTREAM_STARTED',
      'CHANNEL_FOLLOWED',
    ]);
    expect(own[0]?.words).toEqual({ displayName: SECRETS[0] });
    expect(own[2]).toMatchObject({ own: false, words: { reason: SECRETS[2] } });
    expect(JSON.stringify(own)).not.toContain(dante);
  });
});

describe('once a person’s key is destroyed', () => {
  test('no byte of theirs can be found or read, while every leaf and every old proof stays as it was', async () => {
    const before = await leaves();
    const old = await kit.log.published.read();
    await destroy(bea);
    await kit.log.settle();
    const after = await leaves();
    expect(after.slice(0, before.length)).toEqual(before);
    const stored = await everythingStored();
    for (const secret of SECRETS) expect(stored).not.toContain(secret);
    expect(stored.split(bea)).toHaveLength(2); // the mark in audit_keys that keeps a new key from being made
    expect(await entriesAbout(kit.log, bea)).toEqual([]);

    const size = old?.size ?? 0;
    const head = { size, root: Buffer.from(old?.root ?? '', 'base64') };
    await asSystem(async (tx) => {
      const tree = new TreeReader(size, tileReader(tx, 1));
      for (const [seq, leaf] of before.entries()) {
        expect(verifyInclusion(leafHash(leaf), seq, head, await inclusionProof(seq, tree))).toBe(true);
      }
    });
  });

  test('the log says that somebody was erased, and not who', async () => {
    await destroy(bea);
    await kit.log.settle();
    const last = JSON.parse((await leaves()).at(-1)?.toString() ?? '');
    expect(last).toMatchObject({ type: 'PERSON_ERASED', actor: null, sealed: [], details: {} });
  });

  test('nothing in the leaves leads from one of their entries to another', async () => {
    await destroy(bea);
    const texts = (await leaves()).slice(1).map((leaf) => JSON.parse(leaf.toString()));
    const tokens = texts.map(
      (leaf) => new Set([leaf.id, leaf.entity.id, ...leaf.sealed].filter((token) => typeof token === 'string')),
    );
    for (const [n, one] of tokens.entries()) {
      for (const other of tokens.slice(n + 1)) expect([...one].filter((token) => other.has(token))).toEqual([]);
    }
  });

  test('what comes later names them no more, and makes no new key', async () => {
    await destroy(bea);
    await kit.record({ type: 'STRIKE_EXPIRED', details: { userId: bea }, actorId: dante });
    await kit.log.settle();
    expect(await kit.db.sql('select 1 from audit_people where user_id = $1', [bea])).toEqual([]);
    expect(await kit.db.sql('select wrapped from audit_keys where user_id = $1', [bea])).toEqual([{ wrapped: null }]);
    expect((await leaves()).at(-1)?.includes(bea)).toBe(false);
  });

  test('the others’ entries stay readable', async () => {
    await destroy(bea);
    expect((await entriesAbout(kit.log, dante)).map(({ type }) => type)).toEqual(['STRIKE_ISSUED', 'CHANNEL_FOLLOWED']);
  });

  test('while entries about them are being written, none is left behind that names them', async () => {
    await kit.log.start();
    const writing = Promise.all(
      Array.from({ length: 30 }, () => kit.record({ actorId: dante, details: { userId: bea } })),
    );
    await destroy(bea);
    await writing;
    await kit.log.settle();
    expect(await kit.db.sql('select 1 from audit_people where user_id = $1', [bea])).toEqual([]);
    expect(await kit.db.sql('select 1 from audit_index where actor_id = $1 or entity_id = $1', [bea])).toEqual([]);
  });
});

describe('under a legal hold', () => {
  test('nobody reads by the key, new entries do not name the person, and it can be given back or destroyed', async () => {
    const { wrapping } = kit.log;
    const until = new Date('2030-01-01T00:00:00.000Z');
    expect(await asSystem((tx) => holdKeyOf(tx, wrapping, bea, until))).toBe(true);
    expect(await entriesAbout(kit.log, bea)).toEqual([]);
    await kit.record({ actorId: dante, details: { userId: bea } });
    await kit.log.settle();
    expect(await asSystem((tx) => releaseKeyOf(tx, wrapping, bea))).toBe(true);
    expect(await entriesAbout(kit.log, bea)).toHaveLength(5);
    expect(await asSystem((tx) => releaseKeyOf(tx, wrapping, bea))).toBe(false);
    await asSystem((tx) => holdKeyOf(tx, wrapping, bea, until));
    await destroy(bea);
    expect(await asSystem((tx) => releaseKeyOf(tx, wrapping, bea))).toBe(false);
  });
});
