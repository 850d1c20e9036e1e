import { expect, test } from 'vitest';
import { checkLog, type SeenLog, type Verdict } from '../src/check/check-log.ts';
import { LeafList } from '../src/check/leaf-list.ts';
import { encodeEntries } from '../src/entry-bundle.ts';
import { leafHash } from '../src/hashing.ts';
import { generateKey, parseVerifier } from '../src/keys.ts';
import { MadeLog, ORIGIN, tamperings } from './kit/made-log.ts';

/** What an onlooker remembers of a log. */
function seenOf(log: MadeLog, leaves = true): SeenLog {
  return { note: log.note, leaves: leaves ? new LeafList(Buffer.concat(log.entries.map(leafHash))) : null };
}

function check(log: MadeLog, more: { seen?: SeenLog; entries?: MadeLog } = {}): Promise<Verdict> {
  const { seen, entries } = more;
  return checkLog({
    source: log.source,
    origin: ORIGIN,
    keys: [parseVerifier(log.key.verifier)],
    ...(entries ? { entries: entries.source } : {}),
    ...(seen ? { seen } : {}),
  });
}

const kinds = ({ findings }: Verdict) => findings.map(({ kind }) => kind);
const words = ({ findings }: Verdict) => findings.map((finding) => finding.words).join('\n');

test.each([0, 1, 255, 256, 257, 700, 65_537])(
  'an untouched log of %i entries is good, seen before or not',
  async (size) => {
    const log = new MadeLog().grow(size);
    const seen = seenOf(log);
    expect(await check(log, { seen, entries: log })).toMatchObject({ findings: [], entriesChecked: size });
    log.grow(300);
    expect(await check(log, { seen })).toMatchObject({ findings: [], entriesChecked: 0 });
  },
);

test.each(Object.entries(tamperings))(
  'entries %s in the storage, without the key: the tree is not the one signed, and how is said',
  async (kind, tamper) => {
    const log = new MadeLog().grow(700);
    const shown = log.rebuilt(tamper, false);
    expect(kinds(await check(shown, { seen: seenOf(log) }))[0]).toBe(kind);
    // Who sees the log for the first time learns at least that much.
    const unseen = await check(shown);
    expect(kinds(unseen)[0]).toBe(log.size > shown.size ? 'truncated' : 'changed');
    expect(words(unseen)).toContain('signed');
  },
);

test.each(Object.entries(tamperings))(
  'entries %s and the log signed anew: a fork, and what the difference is',
  async (kind, tamper) => {
    const log = new MadeLog().grow(700);
    const forked = await check(
      log.rebuilt(tamper, true).grow(50, (n) => `later ${n}`),
      { seen: seenOf(log) },
    );
    expect(kinds(forked)).toEqual(['forked']);
    expect(words(forked)).toContain(
      kind === 'truncated' ? 'were edited' : kind === 'reordered' ? 'another order' : kind,
    );
    expect(
      kinds(
        await check(
          log.rebuilt(tamper, true).grow(50, (n) => `later ${n}`),
          { seen: seenOf(log, false) },
        ),
      ),
    ).toEqual(['forked']);
  },
);

test.each(Object.entries(tamperings))(
  'entries %s under an untouched tree: seen by whoever may read entries',
  async (kind, tamper) => {
    const log = new MadeLog().grow(700);
    const tampered = log.rebuilt(tamper, false);
    expect(kinds(await check(log, { entries: tampered }))[0]).toBe(kind);
  },
);

test('tiles changed over untouched entries are told from changed entries', async () => {
  const log = new MadeLog().grow(700);
  const verdict = await check(log.rebuilt(tamperings.deleted, false), { entries: log });
  expect(words(verdict)).toContain('The entries are those that were signed, the tiles are not. Entry 41 was deleted.');
});

test('an upper tile that does not fit those under it is named, with its entries', async () => {
  const log = new MadeLog().grow(700);
  log.files.set('tile/1/000.p/2', Buffer.alloc(64, 7));
  expect(words(await check(log))).toContain('tile/1/000.p/2 does not fit the tiles under it (entries 0 to 255)');
});

test('a log that shows less than was seen is truncated, though it signed that', async () => {
  const log = new MadeLog().grow(600).grow(100);
  const seen = seenOf(log);
  const verdict = await check(
    log.rebuilt((entries) => entries.splice(600), true),
    { seen },
  );
  expect(kinds(verdict)).toEqual(['truncated']);
  expect(words(verdict)).toContain('The last 100 are gone');
  const both = log.rebuilt((entries) => entries.splice(600, 100, Buffer.from('another one')), true);
  expect(kinds(await check(both, { seen }))).toEqual(['forked', 'truncated']);
});

test('two trees of one size, both signed, are a fork', async () => {
  const log = new MadeLog().grow(300);
  const verdict = await check(log.rebuilt(tamperings.edited, true), { seen: seenOf(log) });
  expect(kinds(verdict)).toEqual(['forked']);
  expect(words(verdict)).toContain('signed two different trees of 300 entries. Entry 41 was edited.');
});

test('a missing tile, a short one and a missing bundle are told', async () => {
  const log = new MadeLog().grow(700);
  log.files.delete('tile/0/001');
  expect(kinds(await check(log))).toContain('truncated');
  log.files.set('tile/0/001', Buffer.alloc(8_000));
  expect(words(await check(log))).toContain('tile/0/001 has 8000 bytes, not 8192');
  const other = new MadeLog().grow(700);
  other.files.delete('tile/entries/002.p/188');
  expect(words(await check(other, { entries: other }))).toContain('tile/entries/002.p/188 is missing');
  other.files.set('tile/entries/002.p/188', encodeEntries(other.entries.slice(512)).subarray(1));
  expect(kinds(await check(other, { entries: other }))[0]).toBe('truncated');
});

test('a checkpoint that is missing, malformed, of another log or another key is not signed', async () => {
  const log = new MadeLog().grow(10);
  const key = parseVerifier(log.key.verifier);
  const stranger = parseVerifier(generateKey(ORIGIN).verifier);
  const look = (origin: string, keys = [key]) => checkLog({ source: log.source, origin, keys });
  expect(kinds(await look(ORIGIN, [stranger]))).toEqual(['unsigned']);
  expect(kinds(await look('elsewhere.example'))).toEqual(['unsigned']);
  log.files.set('checkpoint', Buffer.from(log.note.replace('\n10\n', '\n11\n')));
  expect(kinds(await look(ORIGIN))).toEqual(['unsigned']);
  log.files.set('checkpoint', Buffer.of(0xff, 0xfe));
  expect(kinds(await look(ORIGIN))).toEqual(['unsigned']);
  log.files.delete('checkpoint');
  expect(await look(ORIGIN)).toMatchObject({ findings: [{ kind: 'unsigned' }], note: null });
});
