import { expect, it } from 'vitest';
import { noticeKey } from './notice.ts';

it('the server’s notices are known by what they say, and an unknown one is left as it is', () => {
  expect(noticeKey('Your encoder sends B-frames, … They are converted here, which costs quality.')).toBe(
    'bFramesConverted',
  );
  expect(noticeKey('Your encoder sends B-frames, and converting them is not possible here: …')).toBe('bFramesDelayed');
  expect(noticeKey('The disk is nearly full: the recording has stopped.')).toBe('recordingStopped');
  expect(noticeKey('Something new.')).toBeNull();
});
