import { desk } from '@virgil/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTS, actOf, isRefused, type Keys, withKey } from './key-map.ts';

const keys = desk.STANDARD_PREFERENCES.keys;
const pressed = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', true>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe('the keys of the desk', () => {
  test('stand for every act there is, each for one', () => {
    expect([...ACTS].sort()).toEqual([...desk.deskAct.options].sort());
    expect(new Set(Object.values(keys)).size).toBe(ACTS.length);
  });

  test.each([
    ['a', 'approve'],
    ['R', 'reject'],
    ['t', 'timeout'],
    ['p', 'punish'],
    ['e', 'escalate'],
    ['n', 'next'],
    ['u', 'undo'],
    ['v', 'look'],
    ['?', 'help'],
    ['/', 'search'],
    ['j', 'down'],
    ['k', 'up'],
    ['x', null],
    ['Enter', null],
  ])('%s is %s', (key, act) => {
    expect(actOf(keys, pressed(key))).toBe(act);
  });

  test('rest while Ctrl, Command or Alt is held', () => {
    for (const held of ['ctrlKey', 'metaKey', 'altKey'] as const) {
      expect(actOf(keys, pressed('a', { [held]: true }))).toBeNull();
    }
  });

  test('cannot be given to two acts, nor be a digit or a key that moves', () => {
    expect(withKey(keys, 'approve', 'R')).toEqual({ because: 'taken', by: 'reject' });
    expect(withKey(keys, 'approve', '1')).toEqual({ because: 'digit' });
    for (const key of ['Enter', 'Tab', ' ', 'ArrowDown', 'ä', '']) {
      expect(withKey(keys, 'approve', key)).toEqual({ because: 'unusable' });
    }
    expect(withKey(keys, 'approve', 'A')).toEqual(keys);
    expect(withKey(keys, 'approve', 'y')).toMatchObject({ approve: 'y', reject: 'r' });
  });

  test('never come to share a letter, whatever is tried in whatever order', () => {
    const tries = fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.string({ unit: 'binary-ascii', maxLength: 1 })));
    fc.assert(
      fc.property(tries, (attempts) => {
        const after = attempts.reduce<Keys>((now, [act, key]) => {
          const next = withKey(now, act, key);
          return isRefused(next) ? now : next;
        }, keys);
        const letters = Object.values(after).map((key) => key.toLowerCase());
        expect(new Set(letters).size).toBe(ACTS.length);
        for (const act of ACTS) expect(actOf(after, pressed(after[act]))).toBe(act);
      }),
    );
  });
});
