import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import {
  generateKey,
  memoryStore,
  Witness as OtherWitness,
  openCheckpoint,
  parseSigner,
  parseVerifier,
} from 'virgil-tlog';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AuditKit, auditKit } from '../../../test/kit/audit-kit.ts';

const key = generateKey('witness.example', 'cosignature');
let kit: AuditKit;
let server: Server;
let url: string;
let witness: OtherWitness | null;

beforeEach(async () => {
  witness = null;
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const answer = await witness?.addCheckpoint(Buffer.concat(parts).toString());
    response
      .writeHead(answer?.status ?? 500, { 'content-type': answer?.contentType ?? 'text/plain' })
      .end(answer?.body ?? 'away');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  kit = await auditKit({ witness: { url, key: key.verifier } });
  await kit.record();
  await kit.log.settle();
  witness = await witnessOf();
});
afterEach(async () => {
  server.close();
  await kit.close();
});

async function witnessOf(): Promise<OtherWitness> {
  const signer = await kit.log.ring.signerOf(1);
  const logs = new Map([[signer?.origin ?? '', signer?.verifiers.map(parseVerifier) ?? []]]);
  return new OtherWitness({ key: parseSigner(key.signer), logs, store: memoryStore() });
}
const published = async () => (await kit.log.published.read())?.note ?? '';

describe('a witness', () => {
  test('cosigns what was published, and the checkpoint that is served carries it', async () => {
    await kit.log.witness?.ask();
    const note = kit.log.witness?.cosigned(await published()) ?? '';
    const signer = await kit.log.ring.signerOf(1);
    const opened = openCheckpoint(note, {
      origin: signer?.origin ?? '',
      keys: signer?.verifiers.map(parseVerifier) ?? [],
      witnesses: [parseVerifier(key.verifier)],
    });
    expect(opened.verified.map(({ key: { name } }) => name)).toContain('witness.example');
    expect(kit.log.witness?.state()).toMatchObject({ name: 'witness.example', size: 2, problem: null });
    await kit.record();
    await kit.log.settle();
    await kit.log.witness?.ask();
    expect(kit.log.witness?.state()).toMatchObject({ size: 3, problem: null });
  });

  test('that knows more than a server which starts is told by it: nothing more is signed', async () => {
    const older = await kit.log.published.read();
    await kit.record();
    await kit.log.settle();
    await kit.log.witness?.ask();
    // Database and data folder together, as from a snapshot of the whole machine.
    await kit.restart();
    for (const table of ['audit_entries', 'audit_checkpoints'])
      await kit.db.sql(`alter table ${table} disable trigger append_only`);
    await kit.db.sql('delete from audit_entries where seq > 1');
    await kit.db.sql('delete from audit_index where seq > 1');
    await kit.db.sql('delete from audit_checkpoints where size > 2');
    if (older !== null) await kit.log.published.write(older);
    await kit.log.start();
    await kit.record();
    await kit.log.settle();
    expect(kit.log.sequencer.refusal).toEqual({ reason: 'witness_ahead', publishedSize: 3, localSize: 2 });
    expect(await published()).toBe(older?.note);
  });

  test('that has signed another history stops the log', async () => {
    await kit.log.witness?.ask();
    await kit.log.stop();
    await rm(path.join(kit.folder, 'audit', 'published-checkpoint.json'));
    // The same keys over another database: what is published there is not what the witness has signed.
    const twin = await auditKit({ folder: kit.folder, witness: { url, key: key.verifier } });
    await twin.record({}, {}, {});
    await twin.log.settle();
    await twin.log.witness?.ask();
    expect(twin.log.sequencer.refusal).toEqual({ reason: 'witness_forked', publishedSize: 2, localSize: 4 });
    await twin.log.stop();
    await twin.db.drop();
  });

  test('that is away delays nothing but its own signature', async () => {
    witness = null;
    await kit.log.witness?.ask();
    expect(kit.log.witness?.state().problem).toContain('500');
    await kit.record();
    await kit.log.settle();
    expect(kit.log.sequencer.refusal).toBeNull();
    expect(kit.log.witness?.cosigned(await published())).toBeNull();
  });
});
