/**
 * What the demo streams show: one moving picture a realm, the same after `loopSeconds`, with a dial that runs with the
 * second hand of any clock in the room.
 */
import type { Realm } from '@virgil/contract';
import { Canvas, type Colour, colour } from './canvas.ts';
import { drawDigits } from './digits.ts';

export const picture = { width: 640, height: 360, framesPerSecond: 20, loopSeconds: 60 } as const;

const turn = Math.PI * 2;

interface Scene {
  readonly sky: readonly Colour[];
  readonly accent: Colour;
  backdrop(canvas: Canvas): void;
  /** `part` of the loop, from 0 to 1. Everything moves a whole number of times a loop. */
  move(canvas: Canvas, part: number): void;
}

/** Repeatable scatter: the same picture on every machine. */
function scatter(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const { width, height } = picture;

function inferno(): Scene {
  const random = scatter(7);
  const ember = colour('#ffb057');
  const glow = colour('#ff5a1f');
  const rock = colour('#1b0706');
  const embers = Array.from({ length: 80 }, () => ({
    x: random() * width,
    start: random(),
    rises: 2 + Math.floor(random() * 4),
    sway: 6 + random() * 22,
    size: 1.2 + random() * 2.4,
    turns: 3 + Math.floor(random() * 9),
  }));
  const waves = [0, 1, 2].map((layer) => ({
    base: height - 92 + layer * 30,
    paint: [colour('#7a1d0d'), colour('#b5330f'), colour('#ef6a1a')][layer] as Colour,
    turns: [7, -9, 11][layer] as number,
    long: [210, 150, 96][layer] as number,
  }));
  return {
    sky: ['#12060a', '#2b0a0d', '#5a140f', '#a5300f'].map(colour),
    accent: ember,
    backdrop: (canvas) => {
      canvas.disc(width / 2, height + 40, 330, glow, 0.4, 'soft');
      canvas.ground((x) => 250 - 130 * Math.abs(x / width - 0.06) ** 0.5 + 8 * Math.sin(x / 9), rock, 0.55);
      canvas.ground((x) => 250 - 130 * Math.abs(0.94 - x / width) ** 0.5 + 8 * Math.sin(x / 11), rock, 0.55);
    },
    move: (canvas, part) => {
      for (const { base, paint, turns, long } of waves) {
        const phase = part * turns * turn;
        canvas.ground(
          (x) => base + 13 * Math.sin((x / long) * turn + phase) + 6 * Math.sin((x / (long / 3.1)) * turn - phase * 2),
          paint,
          0.5,
        );
      }
      for (const one of embers) {
        const up = (one.start + part * one.rises) % 1;
        const x = one.x + one.sway * Math.sin((one.start + part * one.turns) * turn);
        canvas.disc(x, height - up * (height + 20), one.size * 3, glow, 0.35 * (1 - up), 'soft');
        canvas.disc(x, height - up * (height + 20), one.size, ember, 0.95 * (1 - up));
      }
    },
  };
}

function purgatorio(): Scene {
  const random = scatter(21);
  const mist = colour('#c8d8f0');
  const star = colour('#f1f5ff');
  const ranges = [0, 1, 2, 3].map((layer) => ({
    paint: ['#5f7fb4', '#45649c', '#2c4676', '#182a4c'].map(colour)[layer] as Colour,
    base: 170 + layer * 44,
    tall: 74 - layer * 9,
    long: 330 - layer * 55,
    shift: random() * turn,
  }));
  const stars = Array.from({ length: 60 }, () => ({
    x: random() * width,
    y: random() * 78,
    blink: 5 + Math.floor(random() * 20),
    start: random(),
  }));
  const clouds = Array.from({ length: 4 }, () => ({
    x: random(),
    y: 150 + random() * 170,
    size: 60 + random() * 80,
    drifts: 1 + Math.floor(random() * 2),
  }));
  const ridge = (one: (typeof ranges)[number], x: number): number =>
    one.base -
    one.tall * Math.abs(Math.sin((x / one.long) * Math.PI + one.shift)) -
    9 * Math.sin(x / 23 + one.shift * 3) -
    3 * Math.sin(x / 7);
  return {
    sky: ['#141d3a', '#2d4a86', '#7f9fd0', '#e9c7a8'].map(colour),
    accent: colour('#dfeaff'),
    backdrop: (canvas) => {
      canvas.disc(width * 0.68, 205, 210, colour('#ffd9a8'), 0.6, 'soft');
      for (const one of ranges) canvas.ground((x) => ridge(one, x), one.paint, 0.93);
    },
    move: (canvas, part) => {
      for (const { x, y, blink, start } of stars) {
        canvas.disc(x, y, 1.6, star, 0.45 + 0.4 * Math.sin((start + part * blink) * turn));
      }
      for (const { x, y, size, drifts } of clouds) {
        const at = ((x + part * drifts) % 1) * (width + 4 * size) - 2 * size;
        canvas.disc(at, y, size, mist, 0.3, 'soft');
        canvas.disc(at + size, y + 8, size * 0.8, mist, 0.22, 'soft');
      }
    },
  };
}

function paradiso(): Scene {
  const gold = colour('#ffe9a8');
  const white = colour('#fffdf2');
  const rings = Array.from({ length: 9 }, (_, ring) => ({
    radius: 22 + ring * 20,
    lights: 8 + ring * 5,
    turns: (ring % 2 === 0 ? 1 : -1) * (1 + (ring % 3)),
    size: 1.6 + ring * 0.32,
  }));
  return {
    sky: ['#23356e', '#5473b8', '#c4c6d8', '#f3dfae'].map(colour),
    accent: white,
    backdrop: (canvas) => {
      canvas.disc(width / 2, height / 2, 300, gold, 0.75, 'soft');
      canvas.disc(width / 2, height / 2, 90, white, 0.95, 'soft');
    },
    move: (canvas, part) => {
      for (const { radius, lights, turns, size } of rings) {
        for (let light = 0; light < lights; light += 1) {
          const angle = (light / lights + part * turns) * turn;
          const breath = 1 + 0.05 * Math.sin(part * 12 * turn + radius);
          const x = width / 2 + Math.cos(angle) * radius * 1.45 * breath;
          const y = height / 2 + Math.sin(angle) * radius * 0.86 * breath;
          canvas.disc(x, y, size * 3, gold, 0.3, 'soft');
          canvas.disc(x, y, size, white, 0.9);
        }
      }
    },
  };
}

const scenes: Readonly<Record<Realm, () => Scene>> = { inferno, purgatorio, paradiso };
const bars = ['#d8d8d8', '#d8d83c', '#3cd8d8', '#3cd83c', '#d83cd8', '#d83c3c', '#3c3cd8'].map(colour);
const plate = colour('#0b0d12');

function testCard(canvas: Canvas): void {
  bars.forEach((paint, index) => {
    canvas.rectangle(20 + index * 14, height - 32, 14, 12, paint);
  });
  for (const [x, y] of [
    [14, 14],
    [width - 14, 14],
    [14, height - 14],
    [width - 14, height - 14],
  ] as const) {
    canvas.line(x - 6, y, x + 6, y, 1, bars[0] as Colour, 0.7);
    canvas.line(x, y - 6, x, y + 6, 1, bars[0] as Colour, 0.7);
  }
}

function dial(canvas: Canvas, second: number, accent: Colour): void {
  const [x, y, radius] = [width - 66, height - 66, 44];
  canvas.rectangle(width - 170, height - 92, 104, 52, plate, 0.5);
  canvas.disc(x, y, radius + 6, plate, 0.6);
  for (let tick = 0; tick < 60; tick += 5) {
    const angle = (tick / 60) * turn;
    const inner = radius - (tick % 15 === 0 ? 9 : 4);
    canvas.line(
      x + Math.sin(angle) * inner,
      y - Math.cos(angle) * inner,
      x + Math.sin(angle) * radius,
      y - Math.cos(angle) * radius,
      1.4,
      accent,
      0.85,
    );
  }
  const angle = (second / 60) * turn;
  canvas.line(x, y, x + Math.sin(angle) * (radius - 4), y - Math.cos(angle) * (radius - 4), 2, accent);
  canvas.disc(x, y, 4, accent, 1);
  drawDigits(canvas, String(Math.floor(second)).padStart(2, '0'), width - 158, height - 82, 32, accent);
}

/** The frames of one loop, in order. The same canvas is drawn anew for each: copy what must last. */
export function* framesOf(realm: Realm): Generator<Canvas> {
  const scene = scenes[realm]();
  const backdrop = new Canvas(width, height);
  backdrop.gradient(scene.sky);
  scene.backdrop(backdrop);
  const canvas = new Canvas(width, height);
  const count = picture.framesPerSecond * picture.loopSeconds;
  for (let frame = 0; frame < count; frame += 1) {
    canvas.copyFrom(backdrop);
    scene.move(canvas, frame / count);
    testCard(canvas);
    dial(canvas, (frame / count) * picture.loopSeconds, scene.accent);
    yield canvas;
  }
}
