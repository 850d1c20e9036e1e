import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from '../src/checkpoint.ts';
import { MalformedError, UnverifiedError } from '../src/errors.ts';
import { emptyRoot, leafHash } from '../src/hashing.ts';
import { generateKey, parseSigner, parseVerifier, verifierKey } from '../src/keys.ts';
import { openNote, parseNote, signNote } from '../src/note.ts';

/** From the examples of golang.org/x/mod/sumdb/note. */
const peter = {
  signer: 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  verifier: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  text: 'If you think cryptography is the answer to your problem,\n' + "then you don't know what your problem is.\n",
  line: '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};
const known = [parseVerifier(peter.verifier)];
const note = `${peter.text}\n${peter.line}`;

describe('keys', () => {
  test("Go's example key signs and is checked to the letter", () => {
    const signer = parseSigner(peter.signer);
    expect(verifierKey(signer)).toBe(peter.verifier);
    expect(signNote(peter.text, [signer])).toBe(note);
    expect(openNote(note, known).verified[0]?.name).toBe('PeterNeumann');
  });

  test('a new key goes through its text forms', () => {
    for (const kind of ['note', 'cosignature'] as const) {
      const { signer, verifier } = generateKey('log.example/x', kind);
      expect(verifierKey(parseSigner(signer))).toBe(verifier);
      expect(verifierKey(parseVerifier(verifier))).toBe(verifier);
      expect(parseVerifier(verifier).kind).toBe(kind);
    }
  });

  test.each([
    ['has another id', peter.verifier.replace('c74f20a3', 'c74f20a4')],
    ['is longer', 'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=='],
    ['is of an unknown kind', 'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['has a space in its name', peter.verifier.replace('PeterN', 'Peter N')],
    ['has no name', peter.verifier.replace('PeterNeumann', '')],
    ['has its id in capitals', peter.verifier.replace('c74f20a3', 'C74F20A3')],
    ['has base64 of another spelling', peter.verifier.replace('10TW', '10TW=')],
    ['is empty', ''],
  ])('a key that %s is refused', (_, text) => {
    expect(() => parseVerifier(text)).toThrow(MalformedError);
  });

  test('a public key is no secret one, and the other way round', () => {
    expect(() => parseSigner(peter.verifier)).toThrow(MalformedError);
    expect(() => parseVerifier(peter.signer)).toThrow(MalformedError);
    expect(() => parseSigner(peter.signer.replace('c74f20a3', 'c74f20a4'))).toThrow(MalformedError);
  });
});

describe('notes', () => {
  test.each([
    ['without signatures', peter.text],
    ['without an empty line', peter.text + peter.line],
    ['without a newline at the end', note.slice(0, -1)],
    ['with a hyphen for the dash', note.replace('—', '-')],
    ['with two spaces', note.replace('— P', '—  P')],
    ['with a plus in a name', note.replace('— PeterNeumann', '— Peter+')],
    ['with a no-break space in a name', note.replace('— PeterNeumann', '— Peter\u00a0N')],
    ['with a signature that is no base64', note.replace('x08go', 'x08g!')],
    ['with base64 of another spelling', note.replace('nAM=', 'nAN=')],
    ['with a signature of four bytes', `${peter.text}\n— PeterNeumann x08goA==\n`],
    ['with words after the signature', note.replace('nAM=', 'nAM= trailing')],
    ['with a line after the signatures', `${note}more\n`],
    ['with a tab in it', note.replace('know what', 'know\twhat')],
    ['with a carriage return', note.replaceAll('\n', '\r\n')],
    ['with half a character', note.replace('know', '\ud800')],
    ['with too many signatures', note + peter.line.repeat(100)],
    ['that never ends', `${'x'.repeat(1_000_000)}\n\n${peter.line}`],
    ['of nothing', ''],
  ])('a note %s is malformed', (_, text) => {
    expect(() => openNote(text, known)).toThrow(MalformedError);
  });

  test('any change of the text is noticed', () => {
    const changes = fc.tuple(fc.nat({ max: peter.text.length - 2 }), fc.integer({ min: 0x20, max: 0x7e }));
    fc.assert(
      fc.property(changes, ([at, code]) => {
        const changed = peter.text.slice(0, at) + String.fromCharCode(code) + peter.text.slice(at + 1);
        fc.pre(changed !== peter.text);
        expect(() => openNote(`${changed}\n${peter.line}`, known)).toThrow(UnverifiedError);
      }),
    );
  });

  test('one flipped bit of a signature is noticed', () => {
    const bytes = Buffer.from(peter.line.split(' ')[2] ?? '', 'base64');
    for (let bit = 0; bit < bytes.length * 8; bit += 5) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit % 8)), bit >> 3);
      const line = `— PeterNeumann ${flipped.toString('base64')}\n`;
      expect(() => openNote(`${peter.text}\n${line}`, known)).toThrow(UnverifiedError);
    }
  });

  test('a text may have empty lines of its own', () => {
    const signed = signNote('one\n\ntwo\n', [parseSigner(peter.signer)]);
    expect(openNote(signed, known).text).toBe('one\n\ntwo\n');
  });

  test('signatures of strangers are left alone, also under a known name', () => {
    const stranger = generateKey('PeterNeumann');
    const signed = signNote(peter.text, [parseSigner(stranger.signer), parseSigner(peter.signer)]);
    expect(openNote(signed, known)).toMatchObject({ verified: [{ name: 'PeterNeumann' }], unknown: [{}] });
    expect(() => openNote(signNote(peter.text, [parseSigner(stranger.signer)]), known)).toThrow(UnverifiedError);
  });

  test('a wrong signature of a known key spoils the note, right ones beside it or not', () => {
    const other = generateKey('other.example');
    const signed = signNote(peter.text, [parseSigner(other.signer)]);
    const wrong = peter.line.replace('ZJkuBS', 'ZJkuBT');
    expect(() => openNote(signed + wrong, [...known, parseVerifier(other.verifier)])).toThrow(UnverifiedError);
  });

  test('while a key is replaced both sign, and whoever knows one of them is satisfied', () => {
    const [older, newer] = [generateKey('log.example'), generateKey('log.example')];
    const signed = signNote(
      'text\n',
      [older, newer].map(({ signer }) => parseSigner(signer)),
    );
    for (const { verifier } of [older, newer]) {
      expect(openNote(signed, [parseVerifier(verifier)]).verified).toHaveLength(1);
    }
    expect(
      openNote(
        signed,
        [older, newer].map(({ verifier }) => parseVerifier(verifier)),
      ).verified,
    ).toHaveLength(2);
  });

  test('what could not be read back is not signed', () => {
    const signer = parseSigner(peter.signer);
    expect(() => signNote('no newline', [signer])).toThrow(RangeError);
    expect(() => signNote('text\n', [])).toThrow(RangeError);
    expect(() => signNote('a tab\t\n', [signer])).toThrow(MalformedError);
  });
});

describe('checkpoints', () => {
  const root = leafHash(Buffer.from('x'));
  const text = formatCheckpoint({ origin: 'log.example', size: 1, root });

  test('a checkpoint reads back, with its extension lines', () => {
    for (const extensions of [[], ['one'], ['one', 'two lines']]) {
      const written = {
        origin: 'log.example/a b',
        size: 12_345,
        root,
        ...(extensions.length > 0 ? { extensions } : {}),
      };
      expect(parseCheckpoint(formatCheckpoint(written))).toEqual({ ...written, root: Buffer.from(root) });
    }
  });

  test.each([
    ['without an origin', text.replace('log.example', '')],
    ['of two lines', text.split('\n').slice(0, 2).join('\n')],
    ['without its last newline', text.slice(0, -1)],
    ['with a zero before its size', text.replace('\n1\n', '\n01\n')],
    ['with a sign before its size', text.replace('\n1\n', '\n+1\n')],
    ['with a negative size', text.replace('\n1\n', '\n-1\n')],
    ['with a size beyond all numbers', text.replace('\n1\n', '\n9007199254740993\n')],
    ['with a size in hexadecimal', text.replace('\n1\n', '\n0x1\n')],
    ['with a root of 31 bytes', text.replace(/\n[^\n]{44}\n$/, `\n${Buffer.alloc(31).toString('base64')}\n`)],
    ['with a root without padding', text.replace('=\n', '\n')],
    ['with an empty extension', `${text}\n`],
    ['of nothing but with a root', text.replace('\n1\n', '\n0\n')],
  ])('a checkpoint %s is malformed', (_, malformed) => {
    expect(() => parseCheckpoint(malformed)).toThrow(MalformedError);
  });

  test('the empty log has a checkpoint', () => {
    expect(parseCheckpoint(formatCheckpoint({ origin: 'o', size: 0, root: emptyRoot })).size).toBe(0);
  });

  test('a checkpoint counts for its own log only, and under its own key only', () => {
    const [log, other] = [generateKey('log.example'), generateKey('log.example')];
    const signed = signCheckpoint({ origin: 'log.example', size: 1, root }, [parseSigner(log.signer)]);
    const keys = [parseVerifier(log.verifier)];
    expect(openCheckpoint(signed, { origin: 'log.example', keys }).checkpoint.size).toBe(1);
    expect(() => openCheckpoint(signed, { origin: 'log.example/2', keys })).toThrow(UnverifiedError);
    expect(() => openCheckpoint(signed, { origin: 'log.example', keys: [parseVerifier(other.verifier)] })).toThrow(
      UnverifiedError,
    );
    // A witness vouches for having seen it, not for the log.
    expect(() =>
      openCheckpoint(signed, { origin: 'log.example', keys: [parseVerifier(other.verifier)], witnesses: keys }),
    ).toThrow(UnverifiedError);
  });

  test('an origin can not bring lines of its own', () => {
    expect(() => formatCheckpoint({ origin: 'log.example\n5', size: 1, root })).toThrow(MalformedError);
    expect(() => parseNote(`${text}\n`)).toThrow(MalformedError);
  });
});
