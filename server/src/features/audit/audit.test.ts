import { type AuditType, accounts, audit } from '@virgil/contract';
import {
  entryTiles,
  hashTiles,
  leafHash,
  openCheckpoint,
  parseVerifier,
  TreeReader,
  tilePath,
  verifyInclusion,
  verifyReceipt,
} from 'virgil-tlog';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SignedIn, type TestApp, testApp } from '../../../test/kit/app.ts';

let app: TestApp;
let admin: SignedIn;
let person: SignedIn;
beforeAll(async () => {
  app = await testApp();
  admin = await app.signUp({ role: 'admin', name: 'Edda' });
  person = await app.signUp({ name: 'Vico' });
  await admin.call(accounts.setTier, { params: { id: person.id }, body: { tier: 'pro' } });
  await app.settle();
});
afterAll(() => app.close());

const get = (path: string, who = app.stranger()) => who.fetch(path);
const textOf = async (path: string) => (await get(path)).text();
const published = async () => {
  const keys = (await textOf('/log/key')).trim().split('\n').map(parseVerifier);
  const note = await textOf('/log/checkpoint');
  return { note, keys, ...openCheckpoint(note, { origin: keys[0]?.name ?? '', keys }) };
};
const newest = async (type: AuditType) => {
  const { items } = await admin.call(audit.listAudit, { query: { type } });
  return items[0] as audit.AuditLogEntry;
};

describe('the public log', () => {
  test('has a signed checkpoint, and all tiles of its tree to everybody', async () => {
    const { checkpoint } = await published();
    const read = async (path: string) => Buffer.from(await (await get(`/log/${path}`)).arrayBuffer());
    expect(await new TreeReader(checkpoint.size, read).root()).toEqual(checkpoint.root);
    for (const tile of hashTiles(checkpoint.size)) {
      const answer = await get(`/log/${tilePath(tile)}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  test('shows entries to admins alone', async () => {
    const { checkpoint } = await published();
    for (const tile of entryTiles(checkpoint.size)) {
      const path = `/log/${tilePath(tile)}`;
      expect([(await get(path)).status, (await get(path, person)).status, (await get(path, admin)).status]).toEqual([
        401, 403, 200,
      ]);
    }
  });

  test('has no tile of a size that was never signed, nor under another spelling', async () => {
    const { checkpoint } = await published();
    const paths = [
      `tile/0/000.p/${checkpoint.size + 1}`,
      'tile/0/000',
      'tile/0/0',
      'tile/00/000',
      'tile/64/000',
      'tile/0/x000/000',
    ];
    for (const path of paths) expect([path, (await get(`/log/${path}`)).status]).toEqual([path, 404]);
  });
});

describe('an admin', () => {
  test('finds what was done, by whom and to whom', async () => {
    const entry = await newest('USER_TIER_CHANGED');
    expect(entry).toMatchObject({
      entity: 'profile',
      entityId: person.id,
      entityName: 'Vico',
      actor: { id: admin.id },
    });
    const history = await admin.call(audit.listAudit, { query: { entityId: person.id } });
    expect(history.items.map(({ type }) => type)).toEqual([
      'USER_TIER_CHANGED',
      'ACCOUNT_SIGNED_IN',
      'ACCOUNT_CREATED',
    ]);
    const byName = await admin.call(audit.listAudit, { query: { q: 'vic' } });
    expect(byName.items.map(({ eventId }) => eventId)).toContain(entry.eventId);
    expect((await admin.call(audit.listAudit, { query: { q: 'nobody' } })).items).toEqual([]);
    const ever = { from: '0000-01-01T00:00:00Z', until: '9999-12-31T23:59:59Z' };
    expect((await admin.call(audit.listAudit, { query: ever })).items).not.toEqual([]);
    expect((await admin.call(audit.listAudit, { query: { until: ever.from } })).items).toEqual([]);
  });

  test('pages through it without losing or repeating an entry', async () => {
    const all = (await admin.call(audit.listAudit, {})).items.map(({ seq }) => seq);
    const paged: number[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: audit.AuditLogEntry[]; nextCursor: string | null } = await admin.call(audit.listAudit, {
        query: { limit: 2, ...(cursor === null ? {} : { cursor }) },
      });
      paged.push(...page.items.map(({ seq }) => seq));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(all);
    expect(paged).toEqual([...paged.keys()].reverse());
  });

  test('opens an entry, whose proof holds without the server', async () => {
    const { eventId } = await newest('USER_TIER_CHANGED');
    const entry = await admin.call(audit.getAuditEntry, { params: { eventId } });
    expect(entry.people.map((part) => part.person?.displayName)).toEqual(['Edda', 'Vico']);
    expect(entry.leaf).not.toContain(person.id);
    expect(entry.leaf).not.toContain(admin.id);
    const { proof } = entry;
    if (proof === null) throw new Error('no proof');
    const { checkpoint } = openCheckpoint(proof.checkpoint, {
      origin: proof.origin,
      keys: proof.keys.map(parseVerifier),
    });
    const hashes = proof.hashes.map((hash) => Buffer.from(hash, 'base64'));
    expect(verifyInclusion(leafHash(Buffer.from(entry.leaf)), proof.index, checkpoint, hashes)).toBe(true);
    expect(verifyInclusion(leafHash(Buffer.from(`${entry.leaf} `)), proof.index, checkpoint, hashes)).toBe(false);
  });

  test('sees how the log stands', async () => {
    const state = await admin.call(audit.getAuditLog, {});
    expect(state).toMatchObject({ log: 1, waiting: 0, refusal: null, witness: null });
    expect(state.size).toBeGreaterThan(3);
  });

  test('takes the entries home as a table, or with every proof', async () => {
    const csv = await (await get('/api/admin/audit/export?type=USER_TIER_CHANGED', admin)).text();
    expect(csv).toContain(`USER_TIER_CHANGED,profile,${person.id},Vico,${admin.id},Edda`);
    const bundle = (await (await get('/api/admin/audit/export?format=json', admin)).json()) as {
      checkpoint: string;
      entries: { leaf: string; proof: { index: number; hashes: string[] } }[];
    };
    const { keys } = await published();
    const { checkpoint } = openCheckpoint(bundle.checkpoint, { origin: keys[0]?.name ?? '', keys });
    for (const { leaf, proof } of bundle.entries) {
      const hashes = proof.hashes.map((hash) => Buffer.from(hash, 'base64'));
      expect(verifyInclusion(leafHash(Buffer.from(leaf)), proof.index, checkpoint, hashes)).toBe(true);
    }
    expect(bundle.entries).toHaveLength(checkpoint.size);
  });
});

describe('a receipt', () => {
  test('is for whom the decision concerns, for who made it and for admins; nobody else learns that it exists', async () => {
    const { eventId } = await newest('USER_TIER_CHANGED');
    const path = `/api/v1/receipts/${eventId}`;
    const stranger = await app.signUp();
    const answers = await Promise.all([person, admin, stranger].map((who) => get(path, who)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404]);
    expect((await get(path)).status).toBe(401);
    const { keys } = await published();
    const receipt = verifyReceipt((await answers[0]?.text()) ?? '', { origin: keys[0]?.name ?? '', keys });
    expect(JSON.parse(Buffer.from(receipt.entry).toString())).toMatchObject({
      id: eventId,
      type: 'USER_TIER_CHANGED',
      v: 1,
    });
  });

  test('does not tell somebody who reported them', async () => {
    const reporter = await app.signUp();
    await reporter.fetch('/api/v1/reports', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ subject: { type: 'user', id: person.id }, reason: 'spam' }),
    });
    await app.settle();
    const { eventId } = await newest('REPORT_CREATED');
    const statuses = await Promise.all(
      [person, reporter].map(async (who) => (await get(`/api/v1/receipts/${eventId}`, who)).status),
    );
    expect(statuses).toEqual([404, 200]);
  });
});

describe('signing keys', () => {
  test('change without a gap: both sign for a while, and the log says so itself', async () => {
    const before = await published();
    const added = await admin.call(audit.addAuditKey, {});
    expect(added.keys).toHaveLength(2);
    const between = await published();
    expect(between.verified).toHaveLength(2);
    expect(openCheckpoint(between.note, { origin: before.checkpoint.origin, keys: before.keys }).verified).toHaveLength(
      1,
    );
    await expect(admin.call(audit.addAuditKey, {})).rejects.toMatchObject({ problem: { code: 'already_decided' } });
    await admin.call(audit.retireAuditKey, {});
    const after = await published();
    expect(after.verified).toHaveLength(1);
    expect(() => openCheckpoint(after.note, { origin: before.checkpoint.origin, keys: before.keys })).toThrow();
    await expect(admin.call(audit.retireAuditKey, {})).rejects.toMatchObject({ problem: { code: 'already_decided' } });
    const entry = await admin.call(audit.getAuditEntry, {
      params: { eventId: (await newest('LOG_KEYS_CHANGED')).eventId },
    });
    expect(entry.details).toMatchObject({ keys: (await textOf('/log/key')).trim().split('\n') });
  });
});
