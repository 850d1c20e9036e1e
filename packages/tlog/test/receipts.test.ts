import { expect, test } from 'vitest';
import { addCosignatures, cosign } from '../src/cosignature.ts';
import { MalformedError, UnverifiedError } from '../src/errors.ts';
import { generateKey, parseSigner, parseVerifier } from '../src/keys.ts';
import { openNote } from '../src/note.ts';
import { inclusionProof } from '../src/proofs.ts';
import { formatReceipt, parseReceipt, verifyReceipt } from '../src/receipt.ts';
import { MadeLog, ORIGIN } from './kit/made-log.ts';

const log = new MadeLog().grow(300);
const entry = log.entries[123] as Uint8Array;
const trusted = { origin: ORIGIN, keys: [parseVerifier(log.key.verifier)] };
const proof = await inclusionProof(123, log.tree);
const receipt = formatReceipt({ index: 123, proof, checkpoint: log.note, extra: entry });
const bare = formatReceipt({ index: 123, proof, checkpoint: log.note });

test('a receipt proves the entry that it carries, or that lies beside it', () => {
  expect(verifyReceipt(receipt, trusted)).toMatchObject({ index: 123, entry, checkpoint: { size: 300 } });
  expect(verifyReceipt(bare, trusted, entry)).toMatchObject({ index: 123, entry });
  expect(() => verifyReceipt(bare, trusted)).toThrow('carries no entry');
});

test('a receipt outlives everything that comes after it', () => {
  const first = new MadeLog().grow(1);
  const only = formatReceipt({ index: 0, proof: [], checkpoint: first.note, extra: first.entries[0] as Uint8Array });
  first.grow(1_000);
  expect(verifyReceipt(only, { origin: ORIGIN, keys: [parseVerifier(first.key.verifier)] }).index).toBe(0);
});

test('a receipt does not prove another entry, another index, or for another log', () => {
  const other = Buffer.from('entry 124');
  expect(() => verifyReceipt(bare, trusted, other)).toThrow(UnverifiedError);
  expect(() => verifyReceipt(receipt.replace('index 123', 'index 124'), trusted)).toThrow(UnverifiedError);
  expect(() => verifyReceipt(receipt, { ...trusted, origin: 'log.example/other' })).toThrow(UnverifiedError);
  const stranger = parseVerifier(generateKey(ORIGIN).verifier);
  expect(() => verifyReceipt(receipt, { ...trusted, keys: [stranger] })).toThrow(UnverifiedError);
});

test('no character of a receipt can be changed without a refusal, but in what is of no account', () => {
  // Every position would take a minute: a prime step meets every part of the text.
  for (let at = 0; at < receipt.length; at += 7) {
    const changed = receipt.slice(0, at) + (receipt[at] === 'A' ? 'B' : 'A') + receipt.slice(at + 1);
    expect(() => verifyReceipt(changed, trusted), `character ${at}`).toThrow();
  }
});

test.each([
  ['of another version', receipt.replace('@v1', '@v2')],
  ['without its index', receipt.replace('index 123\n', '')],
  ['with an index below zero', receipt.replace('index 123', 'index -1')],
  ['with a zero before the index', receipt.replace('index 123', 'index 0123')],
  ['with an index beyond all numbers', receipt.replace('index 123', 'index 9007199254740993')],
  ['with its extra data behind the index', receipt.replace(/(extra .*\n)(index .*\n)/, '$2$1')],
  ['with twice the extra data', receipt.replace(/(extra .*\n)/, '$1$1')],
  ['with a hash cut short', receipt.replace(/(index 123\n.{20})/, '$1\n')],
  ['without a checkpoint', receipt.slice(0, receipt.indexOf('\n\n') + 1)],
  ['with carriage returns', receipt.replaceAll('\n', '\r\n')],
  ['of nothing', ''],
])('a receipt %s is malformed', (_, malformed) => {
  expect(() => parseReceipt(malformed)).toThrow(MalformedError);
});

test('a receipt reads back as it was written', () => {
  expect(formatReceipt(parseReceipt(receipt))).toBe(receipt);
  expect(parseReceipt(bare).extra).toBeUndefined();
});

test('where witnesses are asked for, enough of them must have cosigned', () => {
  const keys = ['one.example', 'two.example'].map((name) => generateKey(name, 'cosignature'));
  const witnesses = keys.map(({ verifier }) => parseVerifier(verifier));
  const line = cosign(log.note, parseSigner(keys[0]?.signer ?? ''), 1_700_000_000);
  const cosigned = addCosignatures(log.note, line, witnesses);
  const text = formatReceipt({ index: 123, proof, checkpoint: cosigned, extra: entry });
  expect(verifyReceipt(text, { ...trusted, witnesses, quorum: 1 }).index).toBe(123);
  expect(() => verifyReceipt(text, { ...trusted, witnesses, quorum: 2 })).toThrow('2 are asked for');
  expect(verifyReceipt(text, trusted).index).toBe(123);
  expect(openNote(cosigned, witnesses).verified[0]?.timestamp).toBe(1_700_000_000);
});

test('a cosignature holds for its checkpoint and its time alone', () => {
  const { signer, verifier } = generateKey('one.example', 'cosignature');
  const witnesses = [parseVerifier(verifier)];
  const line = cosign(log.note, parseSigner(signer), 1_700_000_000);
  const later = new MadeLog(log.key).grow(301);
  expect(() => addCosignatures(later.note, line, witnesses)).toThrow(UnverifiedError);
  const bytes = Buffer.from(line.split(' ')[2] ?? '', 'base64');
  bytes.writeUInt8(bytes.readUInt8(11) ^ 1, 11);
  expect(() => addCosignatures(log.note, `— one.example ${bytes.toString('base64')}\n`, witnesses)).toThrow(
    UnverifiedError,
  );
  expect(() => addCosignatures(log.note, 'anything\n', witnesses)).toThrow(MalformedError);
  // Else a witness could slip a text of its own under the log's signature.
  expect(() => addCosignatures(log.note, `text\n\n${line}`, witnesses)).toThrow(MalformedError);
});

test('keys of logs do not cosign, and keys of witnesses sign no checkpoints', () => {
  expect(() => cosign(log.note, parseSigner(log.key.signer), 1)).toThrow(RangeError);
  expect(() => new MadeLog().add([], [generateKey(ORIGIN, 'cosignature')])).toThrow(RangeError);
});
