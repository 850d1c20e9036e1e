/** What this package writes, read by programs that others wrote: golang.org/x/mod/sumdb and transparency-dev/merkle. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  buildGoReceiptVerifier,
  buildGoVerifier,
  type GoReceiptVerifier,
  type GoVerdict,
  type GoVerifier,
} from '../go-verify/go-verifier.ts';
import { addCosignatures, cosign } from '../src/cosignature.ts';
import { generateKey, parseSigner, parseVerifier } from '../src/keys.ts';
import { inclusionProof } from '../src/proofs.ts';
import { formatReceipt } from '../src/receipt.ts';
import { MadeLog, tamperings } from './kit/made-log.ts';

const built = await buildGoVerifier();
const missing = typeof built === 'function' ? null : built.missing;
if (missing !== null) console.warn(`skipped, the independent verification in Go: ${missing}`);

describe.skipIf(missing !== null)('independent programs in Go', () => {
  const log = new MadeLog().grow(0);
  for (const count of [1, 1, 3, 250, 1, 1, 255, 1, 500, 487]) log.grow(count);
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tlog-go-'));
    await writeFile(path.join(folder, 'checkpoints.json'), JSON.stringify(log.notes));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function verify(shown: MadeLog): Promise<GoVerdict> {
    await shown.writeTo(path.join(folder, 'log'));
    return (built as GoVerifier)({
      log: path.join(folder, 'log'),
      keys: [log.key.verifier],
      checkpoints: path.join(folder, 'checkpoints.json'),
    });
  }

  test('prove every entry and every pair of consecutive checkpoints', async () => {
    expect(await verify(log)).toEqual({ entries: 1_500, pairs: log.notes.length, size: 1_500, problems: [] });
  });

  test('go on proving after the log has grown', async () => {
    const grown = new MadeLog(log.key).add(log.entries).grow(70_000 - 1_500);
    expect(await verify(grown)).toMatchObject({ entries: 70_000, pairs: log.notes.length, problems: [] });
  });

  test.each(Object.entries(tamperings))('find that entries were %s, signed anew or not', async (_, tamper) => {
    for (const withKey of [true, false]) {
      const { problems } = await verify(log.rebuilt(tamper, withKey));
      expect(problems.length, `with the key: ${withKey}`).toBeGreaterThan(0);
    }
  });

  test('find a fork that grew on', async () => {
    expect((await verify(log.rebuilt(tamperings.edited, true).grow(40))).problems).not.toEqual([]);
  });
});

const builtForReceipts = await buildGoReceiptVerifier();
const missingForReceipts = typeof builtForReceipts === 'function' ? null : builtForReceipts.missing;
if (missingForReceipts !== null) console.warn(`skipped, receipts and cosignatures in Go: ${missingForReceipts}`);

describe.skipIf(missingForReceipts !== null)('receipts and cosignatures, under transparency-dev/formats', () => {
  const log = new MadeLog().grow(777);
  const witness = generateKey('witness.example/w1', 'cosignature');
  const line = cosign(log.note, parseSigner(witness.signer), 1_700_000_000);
  const checkpoint = addCosignatures(log.note, line, [parseVerifier(witness.verifier)]);
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tlog-go-receipts-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const verify = async (texts: readonly string[], witnessKey = witness.verifier) => {
    const files = texts.map((_, n) => path.join(folder, `${n}.tlog-proof`));
    for (const [n, file] of files.entries()) await writeFile(file, texts[n] as string);
    return (builtForReceipts as GoReceiptVerifier)({ key: log.key.verifier, witness: witnessKey, files });
  };
  const receipt = async (index: number, extra = log.entries[index] as Uint8Array) =>
    formatReceipt({ index, proof: await inclusionProof(index, log.tree), checkpoint, extra });

  test('hold, for entries at every kind of place', async () => {
    const texts = await Promise.all([0, 1, 255, 256, 511, 512, 700, 776].map((index) => receipt(index)));
    expect(await verify(texts)).toEqual({ receipts: 8, cosigned: 8, problems: [] });
  });

  test('do not hold for another entry, another index or another witness', async () => {
    const wrong = [await receipt(5, Buffer.from('entry 6')), (await receipt(5)).replace('index 5', 'index 4')];
    expect((await verify(wrong)).problems).toHaveLength(2);
    const stranger = generateKey('witness.example/w1', 'cosignature');
    expect((await verify([await receipt(5)], stranger.verifier)).problems).toHaveLength(1);
  });
});
