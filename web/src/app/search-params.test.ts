import fc from 'fast-check';
import { expect, test } from 'vitest';
import { homeSearch, safeReturn, searchOnly, tokenSearch } from './search-params.ts';

test('only realms that exist filter the home page', () => {
  expect(homeSearch({ realm: 'inferno', q: ' jazz ' })).toEqual({ realm: 'inferno', q: 'jazz' });
  expect(homeSearch({ realm: 'limbo', q: '   ', other: 1 })).toEqual({});
});

test('a search word that looks like a number is still a word', () => {
  expect(searchOnly({ q: 1987 })).toEqual({ q: '1987' });
});

test('a reset link keeps its token', () => {
  expect(tokenSearch({ token: 'abc' })).toEqual({ token: 'abc' });
});

test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', 7])(
  'signing in never leads to %s',
  (address) => {
    expect(safeReturn(address)).toBeUndefined();
  },
);

test('wherever signing in leads, it is on this site', () => {
  fc.assert(
    fc.property(fc.string(), (address) => {
      const safe = safeReturn(address);
      if (safe !== undefined) expect(new URL(safe, 'https://here.example').origin).toBe('https://here.example');
    }),
  );
  expect(safeReturn('/watch/1?at=3#chat')).toBe('/watch/1?at=3#chat');
});
