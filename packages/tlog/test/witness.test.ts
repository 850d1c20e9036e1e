import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { generateKey, parseSigner, parseVerifier } from '../src/keys.ts';
import { openNote } from '../src/note.ts';
import { consistencyProof } from '../src/proofs.ts';
import { TreeReader } from '../src/tree-reader.ts';
import { askWitness } from '../src/witness/ask-witness.ts';
import { witnessListener } from '../src/witness/http.ts';
import { folderStore, memoryStore } from '../src/witness/stores.ts';
import { formatAddCheckpoint, Witness, type WitnessStore } from '../src/witness/witness.ts';
import { MadeLog, ORIGIN, tamperings } from './kit/made-log.ts';

const key = generateKey('witness.example', 'cosignature');
const trusted = [parseVerifier(key.verifier)];

function witnessOf(log: MadeLog, store: WitnessStore = memoryStore()): Witness {
  const logs = new Map([[ORIGIN, [parseVerifier(log.key.verifier)]]]);
  return new Witness({ key: parseSigner(key.signer), logs, store, now: () => 1_700_000_000_999 });
}

/** What the log would send for its `n`-th checkpoint to a witness that saw `oldSize`. */
async function request(log: MadeLog, oldSize: number, n = -1): Promise<string> {
  const note = log.notes.at(n) ?? '';
  const size = Number(note.split('\n')[1]);
  const tree = new TreeReader(size, async (name) => log.files.get(name) ?? null);
  return formatAddCheckpoint({ oldSize, proof: await consistencyProof(oldSize, tree), note });
}

test('a witness cosigns what extends what it saw, with the time', async () => {
  const log = new MadeLog().grow(10);
  const witness = witnessOf(log);
  for (const oldSize of [0, 10, 300]) {
    const answer = await witness.addCheckpoint(await request(log, oldSize));
    expect(answer.status).toBe(200);
    const { verified } = openNote(log.note + answer.body, trusted);
    expect(verified).toMatchObject([{ name: 'witness.example', timestamp: 1_700_000_000 }]);
    log.grow(290);
  }
});

test('the same checkpoint may be cosigned again', async () => {
  const log = new MadeLog().grow(10);
  const witness = witnessOf(log);
  await witness.addCheckpoint(await request(log, 0));
  expect(await witness.addCheckpoint(await request(log, 10))).toMatchObject({ status: 200 });
});

test('a log that goes back is refused, and told what was seen (409)', async () => {
  const log = new MadeLog().grow(10).grow(10);
  const witness = witnessOf(log);
  await witness.addCheckpoint(await request(log, 0));
  const older = await witness.addCheckpoint(await request(log, 0, 0));
  expect(older).toEqual({ status: 409, body: '20\n', contentType: 'text/x.tlog.size' });
  // Nor does it help to say so.
  const note = log.notes[0] ?? '';
  expect(await witness.addCheckpoint(formatAddCheckpoint({ oldSize: 20, proof: [], note }))).toMatchObject({
    status: 400,
  });
});

test('another tree of the same size is a fork (409)', async () => {
  const log = new MadeLog().grow(50);
  const witness = witnessOf(log);
  await witness.addCheckpoint(await request(log, 0));
  const fork = log.rebuilt(tamperings.edited, true);
  expect(await witness.addCheckpoint(await request(fork, 50))).toMatchObject({ status: 409, body: /forked/ });
  expect(await witness.addCheckpoint(await request(log, 50))).toMatchObject({ status: 200 });
});

test('a longer tree over another past is a fork (422), and what was seen stays', async () => {
  const log = new MadeLog().grow(50);
  const witness = witnessOf(log);
  await witness.addCheckpoint(await request(log, 0));
  const fork = log.rebuilt(tamperings.edited, true).grow(20);
  expect(await witness.addCheckpoint(await request(fork, 50))).toMatchObject({ status: 422 });
  log.grow(20);
  expect(await witness.addCheckpoint(await request(log, 50))).toMatchObject({ status: 200 });
});

test('unknown logs (404), other keys (403) and malformed requests (400) are refused', async () => {
  const log = new MadeLog().grow(5);
  const witness = witnessOf(log);
  const stranger = new MadeLog(generateKey(ORIGIN)).grow(5);
  expect(await witness.addCheckpoint(await request(stranger, 0))).toMatchObject({ status: 403 });
  const body = await request(log, 0);
  expect(await witness.addCheckpoint(body.replace(ORIGIN, 'elsewhere.example'))).toMatchObject({ status: 404 });
  for (const malformed of [
    '',
    'old 0\n',
    body.replace('old 0', 'old 00'),
    body.replace('old 0', 'old -1'),
    body.replace('old 0', 'new 0'),
    body.replace('old 0\n', 'old 0\nnot a hash\n'),
    body.replace('old 0\n', `old 0\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}`),
    body.slice(0, -1),
  ]) {
    expect(await witness.addCheckpoint(malformed)).toMatchObject({ status: 400 });
  }
  const proofOfNothing = body.replace('old 0\n', `old 0\n${Buffer.alloc(32).toString('base64')}\n`);
  expect(await witness.addCheckpoint(proofOfNothing)).toMatchObject({ status: 422 });
});

test('of two requests at once one is told to look again: nothing is rolled back', async () => {
  const log = new MadeLog().grow(10).grow(10).grow(10);
  const notes = new Map<string, string>();
  const slow: WitnessStore = {
    load: async (origin) => notes.get(origin) ?? null,
    async save(origin, note) {
      // The smaller tree takes longer: without turns it would come last and win.
      await new Promise((resolve) => setTimeout(resolve, note.includes('\n20\n') ? 30 : 1));
      notes.set(origin, note);
    },
  };
  const witness = witnessOf(log, slow);
  await witness.addCheckpoint(await request(log, 0, 0));
  const answers = await Promise.all([
    witness.addCheckpoint(await request(log, 10, 1)),
    witness.addCheckpoint(await request(log, 10, 2)),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const seen = Number(notes.get(ORIGIN)?.split('\n')[1]);
  expect(answers.find(({ status }) => status === 409)?.body).toBe(`${seen}\n`);
});

test('a witness that could not keep the checkpoint has not cosigned it', async () => {
  const log = new MadeLog().grow(10);
  const full: WitnessStore = {
    load: async () => null,
    save: async () => Promise.reject(new Error('the disk is full')),
  };
  await expect(witnessOf(log, full).addCheckpoint(await request(log, 0))).rejects.toThrow('full');
});

test('over HTTP and across restarts: a log gets its cosignature, also when it knows an outdated size', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tlog-witness-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const log = new MadeLog().grow(10);
  const server = createServer((incoming, outgoing) =>
    // A new witness for each request: it knows only what is on disk.
    witnessListener(witnessOf(log, folderStore(folder)), key.verifier)(incoming, outgoing),
  ).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (const lastSize of [0, 10, 3]) {
    const note = await askWitness({ url, note: log.note, tree: log.tree, witnesses: trusted, lastSize });
    expect(openNote(note, trusted).verified).toHaveLength(1);
    log.grow(100);
  }
  const fork = log.rebuilt(tamperings.edited, true).grow(1);
  await expect(askWitness({ url, note: fork.note, tree: fork.tree, witnesses: trusted })).rejects.toThrow('422');

  const status = async (name: string, init: RequestInit) => (await fetch(url + name, init)).status;
  expect(await (await fetch(`${url}key`)).text()).toBe(`${key.verifier}\n`);
  expect(await status('add-checkpoint', { method: 'GET' })).toBe(405);
  expect(await status('else', {})).toBe(404);
  expect(await status('add-checkpoint', { method: 'POST', body: Buffer.of(0xff, 0xfe) })).toBe(400);
  expect(await status('add-checkpoint', { method: 'POST', body: 'x'.repeat(200_000) })).toBe(413);
});
