/** Where a picture lies under a square window: the arithmetic of the avatar dialog, without the dialog. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** `x`, `y`: the picture's point under the middle of the window, 0–1. `zoom` 1: the picture just fills the window. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export const WHOLE: Crop = { x: 0.5, y: 0.5, zoom: 1 };
export const MAX_ZOOM = 4;

/** The side of the square of the picture that the window shows, in the picture's own pixels. */
function sideOf(picture: Size, zoom: number): number {
  return Math.min(picture.width, picture.height) / zoom;
}

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/** The nearest crop that leaves no part of the window empty. */
export function clampCrop(picture: Size, crop: Crop): Crop {
  const zoom = between(1, crop.zoom, MAX_ZOOM);
  const side = sideOf(picture, zoom);
  const half = { x: side / picture.width / 2, y: side / picture.height / 2 };
  return { zoom, x: between(half.x, crop.x, 1 - half.x), y: between(half.y, crop.y, 1 - half.y) };
}

/** The window was `windowSize` pixels wide when the pointer moved the picture by these pixels. */
export function dragCrop(picture: Size, crop: Crop, moved: { x: number; y: number }, windowSize: number): Crop {
  const perPixel = sideOf(picture, crop.zoom) / windowSize;
  return clampCrop(picture, {
    ...crop,
    x: crop.x - (moved.x * perPixel) / picture.width,
    y: crop.y - (moved.y * perPixel) / picture.height,
  });
}

/** The square to cut out, in the picture's pixels. */
export function cropSquare(picture: Size, crop: Crop): { left: number; top: number; side: number } {
  const { x, y, zoom } = clampCrop(picture, crop);
  const side = sideOf(picture, zoom);
  return { side, left: x * picture.width - side / 2, top: y * picture.height - side / 2 };
}
