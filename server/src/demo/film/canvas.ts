/** A picture in the form that encoders take (I420: brightness in full, colour at half size), and shapes drawn into it. */

export interface Colour {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

/** BT.601, limited range. */
export function colour(hex: string): Colour {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return {
    y: 16 + 0.257 * r + 0.504 * g + 0.098 * b,
    u: 128 - 0.148 * r - 0.291 * g + 0.439 * b,
    v: 128 + 0.439 * r - 0.368 * g - 0.071 * b,
  };
}

export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
  readonly #u: number;
  readonly #v: number;

  /** Sides are even: colour has half of them. */
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#u = width * height;
    this.#v = this.#u + (width * height) / 4;
    this.bytes = Buffer.alloc((width * height * 3) / 2);
  }

  copyFrom(other: Canvas): void {
    other.bytes.copy(this.bytes);
  }

  /** From top to bottom through the given colours, evenly spaced. */
  gradient(colours: readonly Colour[]): void {
    const last = colours.length - 1;
    for (let row = 0; row < this.height; row += 1) {
      const at = (row / (this.height - 1)) * last;
      const from = colours[Math.min(last - 1, Math.floor(at))] as Colour;
      const to = colours[Math.min(last, Math.floor(at) + 1)] as Colour;
      const part = at - Math.min(last - 1, Math.floor(at));
      const mixed = { y: mix(from.y, to.y, part), u: mix(from.u, to.u, part), v: mix(from.v, to.v, part) };
      this.rectangle(0, row, this.width, 1, mixed, 1, row);
    }
  }

  /** `alpha` from 0 to 1. Brightness may be dithered by a seed, so that slow gradients show no bands. */
  rectangle(x: number, y: number, width: number, height: number, paint: Colour, alpha = 1, dither?: number): void {
    const [left, right] = [Math.max(0, Math.round(x)), Math.min(this.width, Math.round(x + width))];
    const [top, bottom] = [Math.max(0, Math.round(y)), Math.min(this.height, Math.round(y + height))];
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        const noise = dither === undefined ? 0 : (((column * 73 + row * 151 + dither * 31) % 16) / 16 - 0.5) * 1.6;
        this.#blend(column, row, paint, alpha, noise);
      }
    }
  }

  /** Soft: full in the middle, nothing at the rim. Hard: full up to the rim. */
  disc(x: number, y: number, radius: number, paint: Colour, alpha: number, edge: 'soft' | 'hard' = 'hard'): void {
    const left = Math.max(0, Math.floor(x - radius));
    const right = Math.min(this.width - 1, Math.ceil(x + radius));
    const bottom = Math.min(this.height - 1, Math.ceil(y + radius));
    for (let row = Math.max(0, Math.floor(y - radius)); row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) {
        const distance = Math.hypot(column - x, row - y);
        if (distance > radius) continue;
        const fade = edge === 'soft' ? (1 - distance / radius) ** 2 : Math.min(1, radius - distance);
        this.#blend(column, row, paint, alpha * fade);
      }
    }
  }

  line(fromX: number, fromY: number, toX: number, toY: number, thickness: number, paint: Colour, alpha = 1): void {
    const steps = Math.ceil(Math.hypot(toX - fromX, toY - fromY));
    for (let step = 0; step <= steps; step += 1) {
      const part = steps === 0 ? 0 : step / steps;
      this.disc(mix(fromX, toX, part), mix(fromY, toY, part), thickness / 2 + 0.5, paint, alpha);
    }
  }

  /** Fills below a curve. */
  ground(heightAt: (x: number) => number, paint: Colour, alpha: number): void {
    for (let column = 0; column < this.width; column += 1) {
      const top = Math.max(0, Math.round(heightAt(column)));
      for (let row = top; row < this.height; row += 1) this.#blend(column, row, paint, alpha);
    }
  }

  #blend(x: number, y: number, paint: Colour, alpha: number, noise = 0): void {
    const at = y * this.width + x;
    this.bytes[at] = mix(this.bytes[at] as number, paint.y, alpha) + noise;
    if ((x & 1) === 1 || (y & 1) === 1) return;
    const small = (y >> 1) * (this.width >> 1) + (x >> 1);
    this.bytes[this.#u + small] = mix(this.bytes[this.#u + small] as number, paint.u, alpha);
    this.bytes[this.#v + small] = mix(this.bytes[this.#v + small] as number, paint.v, alpha);
  }
}

function mix(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}
