import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Act, buildEntry, openPart, readLeaf } from './entry.ts';
import { newKey } from './sealing.ts';

const place = { origin: 'live.example.org/log', seq: 7 };
const keys = new Map<string, Uint8Array>();
const keyOf = (id: string): Uint8Array => {
  const key = keys.get(id) ?? newKey();
  keys.set(id, key);
  return key;
};
const PEOPLE = new Set(['ana-0001', 'ben-0002', 'cleo-0003']);
const build = (act: Partial<Act>, at = place) => buildEntry(actOf(act), at, (id) => PEOPLE.has(id), keyOf);
const opened = (act: Partial<Act>) => {
  const { bytes, people } = build(act);
  const leaf = readLeaf(bytes);
  const parts = people.map((id, part) => openPart(leaf, place, part, keyOf(id)));
  return { leaf, text: bytes.toString(), people, parts };
};
function actOf(act: Partial<Act>): Act {
  return {
    eventId: '0193a0e4-0000-7000-8000-000000000001',
    type: 'STRIKE_ISSUED',
    entity: 'strike',
    entityId: 'strike-0001',
    actorId: 'ana-0001',
    at: new Date('2026-11-20T12:00:00.000Z'),
    version: 1,
    details: {},
    personal: [],
    ...act,
  };
}

describe('an entry', () => {
  test('names nobody: people stand as numbers, and their ids in parts sealed under their own keys', () => {
    const { leaf, text, people, parts } = opened({
      details: { userId: 'ben-0002', channel: ['cleo-0003'], number: 2, of: { 'ben-0002': 1 } },
    });
    expect(people).toEqual(['ana-0001', 'ben-0002', 'cleo-0003']);
    expect(leaf).toMatchObject({
      actor: { person: 0 },
      entity: { kind: 'strike', id: 'strike-0001' },
      details: { userId: { person: 1 }, channel: [{ person: 2 }], number: 2, of: { 'person 1': 1 } },
    });
    expect(parts).toEqual([{ id: 'ana-0001' }, { id: 'ben-0002' }, { id: 'cleo-0003' }]);
    for (const id of PEOPLE) expect(text).not.toContain(id);
  });

  test('keeps what was written in words from everybody but the one it is about', () => {
    const details = { reason: 'Called Ben a liar.', category: 'hate', minutes: 10, displayName: 'ben' };
    const { leaf, text, parts } = opened({ entity: 'profile', entityId: 'ben-0002', details });
    expect(leaf.details).toEqual({
      category: 'hate',
      minutes: 10,
      reason: { sealed: true },
      displayName: { sealed: true },
    });
    expect(parts[1]).toEqual({ id: 'ben-0002', words: { displayName: 'ben', reason: 'Called Ben a liar.' } });
    expect(text).not.toContain('liar');
  });

  test('seals each person’s data for itself', () => {
    const personal = [
      { userId: 'ben-0002', data: { note: 'about Ben' } },
      { userId: 'ana-0001', data: { note: 'about Ana' } },
    ];
    const { parts } = opened({ personal });
    expect(parts).toEqual([
      { id: 'ana-0001', personal: { note: 'about Ana' } },
      { id: 'ben-0002', personal: { note: 'about Ben' } },
    ]);
  });

  test('gives words of nobody in particular a key of the thing they are about', () => {
    const { people, parts, text } = opened({
      actorId: null,
      entity: 'dmca',
      entityId: 'notice-1',
      details: { claimant: 'Dante Alighieri' },
    });
    expect(people).toEqual(['dmca:notice-1']);
    expect(parts).toEqual([{ id: 'dmca:notice-1', words: { claimant: 'Dante Alighieri' } }]);
    expect(text).not.toContain('Dante');
  });

  test('shows openly what the log says of itself', () => {
    const { leaf } = opened({
      type: 'LOG_STARTED',
      entity: 'instance',
      details: { origin: 'Host/log', keys: ['a+b+c='] },
    });
    expect(leaf.details).toEqual({ origin: 'Host/log', keys: ['a+b+c='] });
  });

  test('has integers only, and texts in one form', () => {
    const { leaf } = opened({ details: { score: 0.72, big: 2 ** 60, when: new Date(0), n: 5, nothing: undefined } });
    expect(leaf.details).toEqual({ score: '0.72', big: String(2 ** 60), when: '1970-01-01T00:00:00.000Z', n: 5 });
    const one = opened({ personal: [{ userId: 'ben-0002', data: { e: 'e\u0301', half: '\ud800' } }] });
    expect(one.parts[1]?.personal).toEqual({ e: '\u00e9', half: '\ufffd' });
  });

  test('opens at its own place only', () => {
    const { bytes } = build({});
    const leaf = readLeaf(bytes);
    expect(openPart(leaf, place, 0, keyOf('ana-0001'))).toEqual({ id: 'ana-0001' });
    expect(openPart(leaf, { ...place, seq: 8 }, 0, keyOf('ana-0001'))).toBeNull();
    expect(openPart(leaf, { ...place, origin: 'another/log' }, 0, keyOf('ana-0001'))).toBeNull();
    expect(openPart(leaf, place, 0, newKey())).toBeNull();
    expect(openPart({ ...leaf, id: 'another' }, place, 0, keyOf('ana-0001'))).toBeNull();
    expect(openPart(leaf, place, 1, keyOf('ana-0001'))).toBeNull();
  });
});

describe('for all acts', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      word,
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom(...PEOPLE),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('any'), { maxLength: 3 }),
    object: fc.dictionary(
      fc.constantFrom('reason', 'userId', 'text', 'list', 'n', 'category', 'ben-0002'),
      tie('any'),
      {
        maxKeys: 4,
      },
    ),
  }));
  const act = fc.record({
    actorId: fc.constantFrom(null, ...PEOPLE),
    entityId: fc.constantFrom('stream-1', ...PEOPLE),
    entity: fc.constantFrom('livestream', 'profile'),
    details: value.object as fc.Arbitrary<Record<string, unknown>>,
    personal: fc.array(
      fc.record({ userId: fc.constantFrom(...PEOPLE), data: value.object as fc.Arbitrary<Record<string, unknown>> }),
      { maxLength: 2 },
    ),
  });

  test('no id of a person and no written word with a space stands open in the entry', () => {
    fc.assert(
      fc.property(act, fc.constantFrom('Ben lies here', 'ben@example.org'), (some, secret) => {
        const { bytes } = build({ ...some, details: { ...some.details, list: [secret] } });
        for (const open of [...PEOPLE, secret]) expect(bytes.includes(open)).toBe(false);
      }),
    );
  });

  test('every part opens with its key, and the same act never seals to the same bytes twice', () => {
    fc.assert(
      fc.property(act, (some) => {
        const { bytes, people } = build(some);
        const leaf = readLeaf(bytes);
        expect(leaf.sealed).toHaveLength(people.length);
        people.forEach((id, part) => {
          expect(openPart(leaf, place, part, keyOf(id))?.id).toBe(id);
        });
        if (people.length > 0) expect(build(some).bytes.equals(bytes)).toBe(false);
      }),
    );
  });
});
