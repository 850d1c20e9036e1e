import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clampCrop, cropSquare, dragCrop, WHOLE } from './crop.ts';

const pictures = fc.record({ width: fc.integer({ min: 1, max: 8000 }), height: fc.integer({ min: 1, max: 8000 }) });
const crops = fc.record({
  x: fc.double({ min: -5, max: 5, noNaN: true }),
  y: fc.double({ min: -5, max: 5, noNaN: true }),
  zoom: fc.double({ min: 0, max: 20, noNaN: true }),
});

test('the middle of a wide picture is cut first', () => {
  expect(cropSquare({ width: 400, height: 200 }, WHOLE)).toEqual({ left: 100, top: 0, side: 200 });
});

test('dragging to the right shows what lies to the left', () => {
  const { x } = dragCrop({ width: 400, height: 200 }, WHOLE, { x: 100, y: 0 }, 200);
  expect(x).toBe(0.25);
});

test('the square never leaves the picture, however it is dragged and zoomed', () => {
  fc.assert(
    fc.property(pictures, crops, (picture, crop) => {
      const { left, top, side } = cropSquare(picture, crop);
      expect(left).toBeGreaterThanOrEqual(-1e-6);
      expect(top).toBeGreaterThanOrEqual(-1e-6);
      expect(left + side).toBeLessThanOrEqual(picture.width + 1e-6);
      expect(top + side).toBeLessThanOrEqual(picture.height + 1e-6);
    }),
  );
});

test('clamping twice changes nothing more', () => {
  fc.assert(
    fc.property(pictures, crops, (picture, crop) => {
      const once = clampCrop(picture, crop);
      expect(clampCrop(picture, once)).toEqual(once);
    }),
  );
});
