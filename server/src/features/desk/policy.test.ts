import { desk } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import { Looking } from './looking.ts';
import { exposureOf, holderOf, isHarsh, SHIFT_PAUSE_MS, type Shift, shiftAt } from './policy.ts';
import { changed, settingsFrom, sharedKeys } from './settings-policy.ts';

const START = Date.parse('2026-11-20T20:00:00.000Z');
const at = (minutes: number) => new Date(START + minutes * 60_000);
const shift = (fields: Partial<Shift> = {}): Shift => ({
  beganAt: at(0),
  lastAt: at(0),
  restedAt: at(0),
  looksAtRest: 0,
  ...fields,
});

describe('a claim', () => {
  test('holds until its end, and not at it', () => {
    const claim = { claimedBy: 'ana', claimExpiresAt: at(5) };
    expect(holderOf(claim, at(4.999))).toBe('ana');
    expect(holderOf(claim, at(5))).toBeNull();
    expect(holderOf({ claimedBy: null, claimExpiresAt: null }, at(0))).toBeNull();
  });
});

describe('what is harsh', () => {
  test.each([
    ['minors', true],
    ['sexual', true],
    ['self_harm', true],
    ['terror', true],
    ['hate', true],
    ['harassment', false],
    ['spam', false],
  ] as const)('%s: %s', (category, harsh) => {
    expect(isHarsh({ category, headsQueue: false })).toBe(harsh);
    expect(isHarsh({ category, headsQueue: true })).toBe(true);
  });
});

describe('a shift', () => {
  test('goes on over a pause of half an hour, and begins anew after a longer one', () => {
    const later = new Date(START + SHIFT_PAUSE_MS);
    expect(shiftAt(shift(), later)).toMatchObject({ isNew: false, shift: { beganAt: at(0), lastAt: later } });
    const over = new Date(START + SHIFT_PAUSE_MS + 1);
    expect(shiftAt(shift(), over)).toMatchObject({ isNew: true, shift: { beganAt: over } });
    expect(shiftAt(null, at(0)).isNew).toBe(true);
    // A clock that was set back ends no shift.
    expect(shiftAt(shift({ lastAt: at(10) }), at(5))).toMatchObject({ isNew: false, shift: { lastAt: at(10) } });
  });

  test.each([
    [19, 10, null],
    [20, 10, 'looks'],
    [0, 89, null],
    [0, 90, 'time'],
    [25, 95, 'looks'],
  ])('of %i harsh looks and %i minutes suggests %s', (looks, minutes, suggestion) => {
    expect(exposureOf(shift({ lastAt: at(minutes) }), looks, at(minutes)).suggestion).toBe(suggestion);
  });

  test('counts the next break from the last one', () => {
    const rested = shift({ lastAt: at(100), restedAt: at(95), looksAtRest: 20 });
    expect(exposureOf(rested, 39, at(100)).suggestion).toBeNull();
    expect(exposureOf(rested, 40, at(100)).suggestion).toBe('looks');
    expect(exposureOf(rested, 40, at(131)).harshLooks).toBe(0);
  });
});

describe('settings', () => {
  test('keep what was chosen, and give back by name', () => {
    const first = changed({}, { veil: false, sort: 'oldest' });
    expect(first).toEqual({ veil: false, sort: 'oldest' });
    expect(changed(first, { greyscale: true, reset: ['veil'] })).toEqual({ sort: 'oldest', greyscale: true });
    // Chosen and given back at once: the choice is the newer word.
    expect(changed(first, { veil: true, reset: ['veil'] })).toEqual({ sort: 'oldest', veil: true });
  });

  test('of the instance stand between the product’s and one’s own', () => {
    expect(settingsFrom({ muted: false, sort: 'oldest' }, { sort: 'risk' })).toEqual({
      ...desk.STANDARD_PREFERENCES,
      muted: false,
      sort: 'risk',
    });
  });

  test('name the acts that would share a key, whatever its size', () => {
    const { keys } = desk.STANDARD_PREFERENCES;
    expect(sharedKeys(keys)).toEqual([]);
    expect(sharedKeys({ ...keys, undo: 'A' })).toEqual(['approve', 'undo']);
  });
});

describe('who is looking', () => {
  const person = (id: string) => ({ id, displayName: id, avatarUrl: null }) as never;
  const item = (id: string) => desk.reviewItemId.parse(id);

  test('is each person once, on however many pages, until they leave or fall silent', () => {
    let now = 0;
    const looking = new Looking(() => now);
    expect(looking.set('s1', person('ana'), item('a'))).toEqual(['a']);
    expect(looking.set('s2', person('ana'), item('a'))).toEqual(['a']);
    expect(looking.at(item('a'))).toHaveLength(1);
    expect(looking.set('s1', person('ana'), item('b'))).toEqual(['a', 'b']);
    expect(looking.set('s1', person('ana'), item('b'))).toEqual([]);
    expect([...looking.items()].sort()).toEqual(['a', 'b']);
    now = 40_000;
    looking.set('s1', person('ana'), item('b'));
    now = 60_000;
    expect(looking.silent()).toEqual(['a']);
    expect(looking.items()).toEqual(['b']);
    expect(looking.set('s1', person('ana'), null)).toEqual(['b']);
    expect(looking.items()).toEqual([]);
  });
});
