import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { main } from '../src/cli/main.ts';
import { exitCodes } from '../src/cli/outcome.ts';
import { generateKey, parseVerifier } from '../src/keys.ts';
import { inclusionProof } from '../src/proofs.ts';
import { formatReceipt } from '../src/receipt.ts';
import { askWitness } from '../src/witness/ask-witness.ts';
import { MadeLog, ORIGIN, tamperings } from './kit/made-log.ts';

const program = path.resolve(import.meta.dirname, '../bin/virgil-tlog.mjs');
const TOKEN = 'admins-only';

let folder: string;
let server: Server;
let url: string;
/** What the server shows at the moment. */
let shown: MadeLog;
/** So many answers that it has too much to do. */
let busy = 0;
/** What it does not have yet when it is first asked. */
let behind: string | null = null;
const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tlog-cli-'));
  server = createServer((request, response) => {
    const name = request.url?.replace(/^\/log\//, '') ?? '';
    const refused = name.startsWith('tile/entries/') && request.headers.authorization !== `Bearer ${TOKEN}`;
    const bytes = shown.files.get(name);
    if (busy > 0) {
      busy -= 1;
      response.writeHead(429, { 'retry-after': '0.01' }).end();
    } else if (name === behind) {
      behind = null;
      response.writeHead(404).end();
    } else if (refused) response.writeHead(401).end();
    else if (request.url === '/checkpoint') response.end('<!doctype html><p>Some page</p>');
    else if (bytes === undefined) response.writeHead(404).end();
    else response.end(bytes);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** In this process: starting one for each call would take a minute. */
async function tlog(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const lines = { out: '', err: '' };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((line) => {
      lines.out += `${line}\n`;
    }),
    vi.spyOn(console, 'error').mockImplementation((line) => {
      lines.err += `${line}\n`;
    }),
  ];
  try {
    return { code: await main(args), ...lines };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

describe('verify', () => {
  const log = new MadeLog().grow(700);

  test('a good log is good, the first time and as it grows, and its state is kept', async () => {
    shown = new MadeLog(log.key).grow(400);
    const state = at('grows.json');
    const first = await tlog('verify', url, '--state', state);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain(`${ORIGIN}: 400 entries`);
    expect(first.out).toContain('The key was taken from the log itself');
    shown.grow(300);
    const again = await tlog('verify', `${url}/log`, '--state', state, '--token', TOKEN, '--key', log.key.verifier);
    expect(again).toMatchObject({
      code: 0,
      out: expect.stringContaining('It contains all that was seen the last time'),
    });
    expect(again.out).toContain('All 700 entries are those in the tree.');
    expect((await stat(`${state}.leaves`)).size).toBe(700 * 32);
    expect(JSON.parse(await readFile(state, 'utf8'))).toMatchObject({ origin: ORIGIN, checkpoint: shown.note });
  });

  test.each(Object.entries(tamperings))(
    'entries %s: found and explained, with a status of its own',
    async (name, tamper) => {
      const kind = name as keyof typeof tamperings;
      const state = at(`${kind}.json`);
      shown = log;
      await tlog('verify', url, '--state', state);
      shown = log.rebuilt(tamper, false);
      const { code, out } = await tlog('verify', url, '--state', state);
      expect(code).toBe(exitCodes[kind]);
      expect(out).toContain(kind.toUpperCase());
      expect(out).toContain('The checkpoint seen before');
      // A log found out is not what is remembered.
      shown = log;
      expect((await tlog('verify', url, '--state', state)).code).toBe(0);
    },
  );

  test('a fork: both checkpoints are shown, for people and for programs', async () => {
    const state = at('fork.json');
    shown = log;
    await tlog('verify', url, '--state', state);
    shown = log.rebuilt(tamperings.edited, true).grow(9);
    const { code, out } = await tlog('verify', url, '--state', state, '--json');
    expect(code).toBe(exitCodes.forked);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ ok: false, size: 709, checkpoint: shown.note, seenBefore: log.note });
    expect(report.findings).toMatchObject([{ kind: 'forked', at: 41 }]);
    expect(report.findings[0].words).toContain('Entry 41 was edited.');
  });

  test('entries from a folder are compared with the tree', async () => {
    shown = log;
    await log.rebuilt(tamperings.reordered, false).writeTo(at('entries'));
    const { code, out } = await tlog('verify', url, '--entries', at('entries'));
    expect(code).toBe(exitCodes.reordered);
    expect(out).toContain('From entry 41 on, the same entries stand in another order.');
  });

  test('a folder is as good as a server', async () => {
    await log.writeTo(at('folder/log'));
    expect(await tlog('verify', at('folder'))).toMatchObject({
      code: 0,
      out: expect.stringContaining('All 700 entries'),
    });
  });

  test('the key of the state is the one believed, whatever the log offers', async () => {
    const state = at('key.json');
    shown = log;
    await tlog('verify', url, '--state', state);
    shown = new MadeLog().add(log.entries);
    const { code, out } = await tlog('verify', url, '--state', state);
    expect(code).toBe(exitCodes.unsigned);
    expect(out).toContain('not signed by any known key');
  });

  test('a new key is believed once the old one has signed beside it', async () => {
    const state = at('rotation.json');
    const fresh = generateKey(ORIGIN);
    shown = new MadeLog().grow(5);
    await tlog('verify', url, '--state', state);
    shown.add([Buffer.from('both')], [shown.key, fresh]);
    shown.files.set('key', Buffer.from(`${shown.key.verifier}\n${fresh.verifier}\n`));
    expect((await tlog('verify', url, '--state', state)).code).toBe(0);
    expect((await tlog('verify', url, '--key', `${shown.key.verifier}\n${fresh.verifier}\n`)).code).toBe(0);
    shown.add([Buffer.from('new alone')], [fresh]);
    expect((await tlog('verify', url, '--state', state)).code).toBe(0);
  });

  test('hashes lost from the state cost the explanation only', async () => {
    const state = at('lost.json');
    shown = log;
    await tlog('verify', url, '--state', state);
    await rm(`${state}.leaves`);
    shown = log.rebuilt(tamperings.edited, true);
    expect((await tlog('verify', url, '--state', state)).code).toBe(exitCodes.forked);
  });

  test('what could not be looked at is neither good nor bad', async () => {
    shown = log;
    for (const args of [
      ['http://127.0.0.1:9'],
      [at('nowhere')],
      [url, '--token', 'wrong'],
      [url, '--state', program],
    ]) {
      expect(await tlog('verify', ...args)).toMatchObject({ code: exitCodes.unchecked, err: /Could not be checked/ });
    }
  });

  test('the state of one log does not serve for another', async () => {
    shown = log;
    const state = at('other.json');
    await tlog('verify', url, '--state', state);
    const { code } = await tlog('verify', url, '--state', state, '--origin', 'elsewhere.example');
    expect(code).toBe(exitCodes.usage);
  });

  test('a busy server is asked again, and one that was a moment behind is not accused', async () => {
    shown = new MadeLog(log.key).grow(300);
    busy = 3;
    behind = 'tile/0/001.p/44';
    expect(await tlog('verify', url)).toMatchObject({ code: 0, err: '' });
    expect([busy, behind]).toEqual([0, null]);
  });

  test.each([[[]], [['one', 'two']], [['one', '--nothing']], [['one', '--key', 'no key']]])(
    'verify %j is not understood',
    async (args) => {
      expect(await tlog('verify', ...args)).toMatchObject({ code: exitCodes.usage, err: /Exit status/ });
    },
  );
});

describe('the other commands', () => {
  const log = new MadeLog().grow(300);

  test('verify-proof shows the entry that a receipt proves, and refuses one that does not hold', async () => {
    const proof = await inclusionProof(123, log.tree);
    const extra = log.entries[123] as Uint8Array;
    const receipt = formatReceipt({ index: 123, proof, checkpoint: log.note, extra });
    await writeFile(at('good.tlog-proof'), receipt);
    await writeFile(at('bad.tlog-proof'), receipt.replace('index 123', 'index 124'));
    await writeFile(at('none.tlog-proof'), 'hello');
    await writeFile(at('entry'), 'entry 9');
    const key = ['--key', log.key.verifier];
    const good = await tlog('verify-proof', at('good.tlog-proof'), ...key);
    expect(good).toMatchObject({ code: 0, out: `Entry 123 of ${ORIGIN}, in its signed tree of 300:\nentry 123\n` });
    expect((await tlog('verify-proof', at('bad.tlog-proof'), ...key)).code).toBe(exitCodes.unsigned);
    expect((await tlog('verify-proof', at('good.tlog-proof'), ...key, '--entry', at('entry'))).code).toBe(
      exitCodes.unsigned,
    );
    expect((await tlog('verify-proof', at('none.tlog-proof'), ...key)).code).toBe(exitCodes.unchecked);
    expect((await tlog('verify-proof', at('good.tlog-proof'))).code).toBe(exitCodes.usage);
    const inspected = await tlog('inspect', at('good.tlog-proof'));
    expect(inspected.out).toContain('entry it carries: entry 123');
  });

  test('keygen keeps the secret in a file for its owner, and never writes over one', async () => {
    const { code, out } = await tlog('keygen', 'w.example', at('secret'), '--witness');
    expect([code, out.startsWith('w.example+')]).toEqual([0, true]);
    expect(await readFile(at('secret'), 'utf8')).toMatch(/^PRIVATE\+KEY\+w\.example\+/);
    if (process.platform !== 'win32') expect((await stat(at('secret'))).mode & 0o777).toBe(0o600);
    expect((await tlog('keygen', 'w.example', at('secret'))).code).toBe(exitCodes.usage);
  });

  test('help names every command; an unknown one is not understood', async () => {
    const { code, out } = await tlog('--help');
    expect(code).toBe(0);
    for (const command of ['verify ', 'verify-proof', 'witness', 'inspect', 'keygen']) expect(out).toContain(command);
    expect((await tlog('constructor')).code).toBe(exitCodes.usage);
  });
});

test('a witness runs from its command, and keeps what it saw over a restart', async () => {
  const log = new MadeLog().grow(10);
  const { out: verifier } = await tlog('keygen', 'witness.example', at('witness-key'), '--witness');
  const args = [
    'witness',
    '--key',
    at('witness-key'),
    '--log',
    log.key.verifier,
    '--state',
    at('witness'),
    '--port',
    '0',
  ];
  for (const rounds of [1, 2]) {
    const child = execFile(process.execPath, [program, ...args]);
    const [first] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [string];
    const [witnessUrl = ''] = /http:\S+(?=,)/.exec(first) ?? [];
    const witnesses = [parseVerifier(verifier.trim())];
    const note = await askWitness({ url: witnessUrl, note: log.note, tree: log.tree, witnesses });
    expect(note.split('\n')).toHaveLength(7);
    const fork = log.rebuilt((entries) => entries.splice(4, 1, Buffer.from('forked')), true).grow(rounds);
    await expect(askWitness({ url: witnessUrl, note: fork.note, tree: fork.tree, witnesses })).rejects.toThrow('422');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  }
});
