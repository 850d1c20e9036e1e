/** Computes the contrast table of the design from tokens.css itself: a token that falls under its line breaks the run. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

type Tokens = ReadonlyMap<string, string>;
type Mode = 'light' | 'dark';
const LIGHTS = ['guide', 'inferno', 'purgatorio', 'paradiso'] as const;

/** The declarations of every top-level rule whose selector list names `selector`. */
function declarations(selector: string): [string, string][] {
  const found: [string, string][] = [];
  for (const [, selectors = '', body = ''] of css.matchAll(/^([^{}@]+)\{([^{}]*)\}/gm)) {
    if (!selectors.split(',').some((each) => each.trim() === selector)) continue;
    for (const [, name = '', value = ''] of body.matchAll(/(--[\w-]+)\s*:\s*([^;]+);/g))
      found.push([name, value.trim()]);
  }
  return found;
}

const tokensOf = (light: string): Tokens =>
  new Map([...declarations(':root'), ...declarations(`[data-realm="${light}"]`)]);

/** The arguments of the function that starts at `from`, split at the top-level commas. */
function argumentsAt(text: string, from: number): { parts: string[]; end: number } {
  const parts = [''];
  let depth = 1;
  let at = from;
  for (; depth > 0; at++) {
    const character = text[at];
    if (character === undefined) throw new Error(`unclosed: ${text}`);
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (depth === 0) continue;
    if (character === ',' && depth === 1) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return { parts: parts.map((part) => part.trim()), end: at };
}

function replaceCall(text: string, name: string, work: (parts: string[]) => string): string {
  const at = text.lastIndexOf(`${name}(`);
  if (at < 0) return text;
  const { parts, end } = argumentsAt(text, at + name.length + 1);
  return replaceCall(text.slice(0, at) + work(parts) + text.slice(end), name, work);
}

function resolve(tokens: Tokens, name: string, mode: Mode): string {
  const value = tokens.get(name);
  if (value === undefined) throw new Error(`no token ${name}`);
  const chosen = replaceCall(value, 'light-dark', ([light = '', dark = '']) => (mode === 'light' ? light : dark));
  return replaceCall(chosen, 'var', ([other = '']) => resolve(tokens, other, mode));
}

/** Sums and products without parentheses, as the tokens use them. */
function calculate(text: string): number {
  return text
    .split(/\s\+\s/)
    .map((term) => {
      const [first = '', ...rest] = term.split(/\s([*/])\s/);
      let value = Number(first);
      for (let i = 0; i < rest.length; i += 2) {
        value = rest[i] === '*' ? value * Number(rest[i + 1]) : value / Number(rest[i + 1]);
      }
      return value;
    })
    .reduce((sum, value) => sum + value, 0);
}

function luminanceOf(tokens: Tokens, name: string, mode: Mode): number {
  const text = replaceCall(resolve(tokens, name, mode), 'calc', ([sum = '']) => String(calculate(sum)));
  const [, l, c, h] = /^oklch\(\s*([\d.-]+)\s+([\d.-]+)\s+([\d.-]+)/.exec(text) ?? [];
  if (l === undefined || c === undefined || h === undefined) throw new Error(`${name} is no oklch colour: ${text}`);
  const hue = (Number(h) * Math.PI) / 180;
  const [a, b] = [Number(c) * Math.cos(hue), Number(c) * Math.sin(hue)];
  // OKLab to linear sRGB (Björn Ottosson), clipped to the gamut as browsers do.
  const long = (Number(l) + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (Number(l) - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (Number(l) - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short);
  const green = clip(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short);
  const blue = clip(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(tokens: Tokens, mode: Mode, ink: string, ground: string): number {
  const [x, y] = [luminanceOf(tokens, ink, mode), luminanceOf(tokens, ground, mode)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const SURFACES = ['--bg', '--surface-1', '--surface-2', '--surface-3'];
const worst = (tokens: Tokens, mode: Mode, ink: string, grounds: readonly string[]): number =>
  Math.min(...grounds.map((ground) => contrast(tokens, mode, ink, ground)));

const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);

/** Token, what it stands on, and the least contrast allowed there. */
const LINES: readonly (readonly [string, readonly string[], number])[] = [
  ['--ink', SURFACES, 7],
  ['--ink-2', SURFACES, 7],
  ['--ink-3', SURFACES, 4.5],
  ['--tone', SURFACES, 4.5],
  ['--tone', ['--tone-soft'], 4.5],
  ['--ink', ['--tone-soft'], 7],
  ...['--risk-1', '--risk-2', '--risk-3', '--note', '--good', '--warn', '--bad'].map(
    (token) => [token, SURFACES, 4.5] as const,
  ),
  ['--risk-1', ['--risk-1-soft'], 4.5],
  ['--risk-2', ['--risk-2-soft'], 4.5],
  ['--risk-3', ['--risk-3-soft'], 4.5],
  ['--note', ['--note-soft'], 4.5],
  ['--good', ['--good-soft'], 4.5],
  ['--on-act', ['--act'], 7],
  ['--on-bad', ['--bad-fill'], 4.5],
  ['--video-ink', ['--video-ground'], 7],
  ...names('--name-', 8).map((token) => [token, SURFACES, 4.5] as const),
  ...names('--data-', 4).map((token) => [token, SURFACES, 3] as const),
  ['--line-strong', SURFACES, 3],
  ['--focus', SURFACES, 3],
  ['--risk-2-fill', ['--bg', '--surface-1'], 3],
  ['--risk-3-fill', ['--bg', '--surface-1'], 3],
];

for (const light of LIGHTS) {
  for (const mode of ['light', 'dark'] as const) {
    test(`every token keeps its contrast in ${light}, ${mode}`, () => {
      const tokens = tokensOf(light);
      const under = LINES.map(([ink, grounds, least]) => ({
        ink,
        on: grounds.at(-1),
        least,
        is: worst(tokens, mode, ink, grounds),
      }))
        .filter(({ is, least }) => is < least)
        .map(({ ink, on, is, least }) => `${ink} on ${on}: ${is.toFixed(2)} < ${least}`);
      expect(under).toEqual([]);
    });
  }
}

test('the arithmetic gives the figures measured from rendered pixels', () => {
  expect(worst(tokensOf('guide'), 'light', '--ink', SURFACES)).toBeCloseTo(13.2, 0);
  expect(worst(tokensOf('guide'), 'dark', '--ink', SURFACES)).toBeCloseTo(12.0, 0);
  expect(worst(tokensOf('inferno'), 'light', '--tone', SURFACES)).toBeCloseTo(4.8, 0);
  expect(worst(tokensOf('paradiso'), 'dark', '--tone', SURFACES)).toBeCloseTo(8.5, 0);
  expect(contrast(tokensOf('inferno'), 'light', '--on-bad', '--bad-fill')).toBeCloseTo(6.4, 0);
});
