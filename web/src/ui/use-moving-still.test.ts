import { expect, test } from 'vitest';
import { stillsOf } from './use-moving-still.ts';

test('a numbered still stands for six, oldest first', () => {
  expect(stillsOf('/media/streams/s1/thumbnail/5.webp', 7)).toEqual(
    [0, 1, 2, 3, 4, 5].map((index) => `/media/streams/s1/thumbnail/${index}.webp?at=7`),
  );
});

test('another address stands for itself', () => {
  expect(stillsOf('/poster.jpg?t=1', 7)).toEqual(['/poster.jpg?t=1&at=7']);
});
