import type { desk } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import { after, neighbour } from './queue-order.ts';
import { filterOf, isNarrowed, queueSearch, streamsOf } from './queue-search.ts';

const items = ['a', 'b', 'c'].map((id) => ({ id }));

describe('moving through the queue', () => {
  test.each([
    [undefined, 1, 'a'],
    ['a', 1, 'b'],
    ['c', 1, 'c'],
    ['a', -1, 'a'],
    ['c', -1, 'b'],
    ['gone', 1, 'a'],
  ] as const)('from %s by %i leads to %s', (open, step, to) => {
    expect(neighbour(items, open, step)).toBe(to);
  });

  test.each([
    ['a', 'b'],
    ['c', 'b'],
    ['gone', 'a'],
  ])('after %s comes %s', (left, next) => {
    expect(after(items, left)).toBe(next);
  });

  test('goes on with what stood below when the decided one has left the list already', () => {
    expect(after(items, 'gone', 'c')).toBe('c');
    expect(after(items, 'gone', 'gone too')).toBe('a');
    expect(after([], 'gone', 'c')).toBeUndefined();
    expect(after([{ id: 'only' }], 'only')).toBeUndefined();
  });
});

describe('the address of a queue', () => {
  test('keeps what it knows and forgets the rest', () => {
    const raw = { status: 'escalated', category: 'hate', source: 'live', stream: 's-1', claim: 'mine', q: 12, x: 1 };
    expect(queueSearch(raw)).toEqual({
      status: 'escalated',
      category: 'hate',
      source: 'live',
      stream: 's-1',
      claim: 'mine',
      q: '12',
    });
    expect(queueSearch({ status: 'no', category: 1, stream: 'a b', sort: 'up', q: ' ' })).toEqual({});
  });

  test('is asked in the person’s own order unless it names another', () => {
    expect(filterOf({ stream: 's' }, 'oldest')).toEqual({ sort: 'oldest', streamId: 's' });
    expect(filterOf({ sort: 'risk' }, 'oldest')).toEqual({ sort: 'risk' });
  });

  test('is narrowed by anything but its order and what became of its items', () => {
    expect(isNarrowed({ sort: 'risk', status: 'approved' })).toBe(false);
    expect(isNarrowed({ q: 'x' })).toBe(true);
  });

  test('offers each stream of what is shown once, by name', () => {
    const of = (stream: { id: string; title: string } | null) => ({ stream }) as desk.ReviewItem;
    const [night, dawn] = [
      { id: '1', title: 'Night' },
      { id: '2', title: 'Dawn' },
    ];
    expect(streamsOf([of(night), of(dawn), of(null), of(night)])).toEqual([dawn, night]);
  });
});
