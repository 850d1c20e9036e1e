import { expect, test } from 'vitest';
import { targetOfAddress } from './target-of-address.ts';

test.each([
  ['https://virgil.example/videos/0190-abc', 'video 0190-abc'],
  ['http://virgil.example/videos/0190-abc/?t=90#x', 'video 0190-abc'],
  ['virgil.example/watch/0190', 'livestream 0190'],
  [' /watch/0190 ', 'livestream 0190'],
  ['https://virgil.example/media/videos/0190.mp4?token=x', 'video 0190'],
  ['https://elsewhere.example/videos/0190', null],
  ['https://virgil.example.evil.example/videos/0190', null],
  ['https://virgil.example/c/0190', null],
  ['javascript:alert(1)//virgil.example/videos/1', null],
  ['https://virgil.example/videos/', null],
  ['https://virgil.example/videos/%2e%2e', null],
  ['not an address', null],
  ['', null],
])('%s', (address, expected) => {
  const target = targetOfAddress(address, 'virgil.example');
  expect(target === null ? null : `${target.type} ${target.id}`).toBe(expected);
});
