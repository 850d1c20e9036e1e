import { expect, test } from 'vitest';
import { hueOf, initialOf, nameColourOf } from './person-hue.ts';
import { keepStills, stillAt } from './use-moving-still.ts';

test('a person keeps their colour', () => {
  expect(hueOf('u1')).toBe(hueOf('u1'));
  expect(hueOf('u1')).not.toBe(hueOf('u2'));
  expect(nameColourOf('u1')).toMatch(/^var\(--name-[1-8]\)$/);
});

test('an initial is what a reader sees as the first letter', () => {
  expect(initialOf(' ümit')).toBe('Ü');
  expect(initialOf('👩‍🚀 Kim')).toBe('👩‍🚀');
  expect(initialOf('')).toBe('?');
});

test('the last six stills are kept, the newest last', () => {
  let kept: readonly string[] = [];
  for (let moment = 1; moment <= 9; moment++) kept = keepStills(kept, stillAt('/s.jpg?t=1', moment));
  expect(kept).toHaveLength(6);
  expect(kept.at(-1)).toBe('/s.jpg?t=1&at=9');
});
