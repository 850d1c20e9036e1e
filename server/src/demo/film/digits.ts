/** Seven-segment digits: the one kind of lettering that needs no font. */
import type { Canvas, Colour } from './canvas.ts';

//              top, upper left, upper right, middle, lower left, lower right, bottom
const segments = [
  '1110111',
  '0010010',
  '1011101',
  '1011011',
  '0111010',
  '1101011',
  '1101111',
  '1010010',
  '1111111',
  '1111011',
];

export function drawDigits(canvas: Canvas, text: string, x: number, y: number, height: number, paint: Colour): void {
  const width = height * 0.52;
  const thick = Math.max(2, height * 0.13);
  const half = (height - thick) / 2;
  [...text].forEach((digit, index) => {
    const left = x + index * (width + thick * 1.4);
    const lit = segments[Number(digit)] ?? '0000000';
    const bars: [number, number, number, number][] = [
      [left, y, width, thick],
      [left, y, thick, half + thick],
      [left + width - thick, y, thick, half + thick],
      [left, y + half, width, thick],
      [left, y + half, thick, half + thick],
      [left + width - thick, y + half, thick, half + thick],
      [left, y + height - thick, width, thick],
    ];
    bars.forEach(([barX, barY, barWidth, barHeight], segment) => {
      if (lit[segment] === '1') canvas.rectangle(barX, barY, barWidth, barHeight, paint);
    });
  });
}
