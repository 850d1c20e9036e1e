import { describe, expect, it } from 'vitest';
import { decibelScale, rootMeanSquare } from './level-meter.ts';

describe('the level meter', () => {
  it('shows silence as nothing and full scale as everything', () => {
    expect(decibelScale(rootMeanSquare(new Float32Array(64)))).toBe(0);
    expect(decibelScale(1)).toBe(1);
    expect(decibelScale(7)).toBe(1);
  });
  it('is linear in decibels: half the way at −30 dBFS', () => {
    expect(decibelScale(10 ** (-30 / 20))).toBeCloseTo(0.5, 5);
  });
  it('never shows less for a louder sound', () => {
    let last = -1;
    for (let amplitude = 0; amplitude <= 1; amplitude += 0.01) {
      const level = decibelScale(amplitude);
      expect(level).toBeGreaterThanOrEqual(last);
      last = level;
    }
  });
});
