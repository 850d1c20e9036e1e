import { expect, test } from 'vitest';
import { hueOf, initialOf, nameColourOf } from './person-hue.ts';

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
