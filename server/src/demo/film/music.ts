/**
 * Music for the demo streams, composed from a few chords a realm: a soft pad below, plucked notes above. It lasts one
 * loop, and what still rings at its end rings on at its beginning.
 */
import type { Realm } from '@virgil/contract';
import { picture } from './scenes.ts';

export const sampleRate = 48_000;
const length = picture.loopSeconds * sampleRate;
const turn = Math.PI * 2;

interface Piece {
  /** MIDI notes; one chord lasts `chordSeconds`, and all chords together fill the loop a whole number of times. */
  readonly chords: readonly (readonly number[])[];
  readonly chordSeconds: number;
  readonly notesASecond: number;
  /** How the plucked notes walk through the chord, in steps; an octave up after its last note. */
  readonly walk: readonly number[];
  readonly ringSeconds: number;
  readonly overtones: readonly number[];
}

const pieces: Readonly<Record<Realm, Piece>> = {
  inferno: {
    chords: [
      [38, 45, 50, 53],
      [36, 43, 48, 51],
      [34, 41, 46, 50],
      [33, 40, 45, 49],
    ],
    chordSeconds: 5,
    notesASecond: 2,
    walk: [0, 2, 1, 3, 2, 1],
    ringSeconds: 2.2,
    overtones: [1, 0.6, 0.35, 0.25, 0.12],
  },
  purgatorio: {
    chords: [
      [45, 52, 57, 60],
      [41, 48, 57, 60],
      [48, 55, 60, 64],
      [43, 50, 59, 62],
    ],
    chordSeconds: 3.75,
    notesASecond: 4,
    walk: [0, 1, 2, 3, 4, 3, 2, 1],
    ringSeconds: 1.6,
    overtones: [1, 0.35, 0.12],
  },
  paradiso: {
    chords: [
      [48, 55, 64, 67],
      [53, 57, 60, 69],
      [50, 57, 65, 69],
      [55, 59, 62, 71],
    ],
    chordSeconds: 3,
    notesASecond: 5,
    walk: [4, 6, 5, 7, 3, 5, 4, 2, 6, 3],
    ringSeconds: 2.6,
    overtones: [1, 0.2, 0.25],
  },
};

const tableSize = 4096;

/** One period of a tone with its overtones: reading it is far cheaper than adding up sines for every sample. */
function toneTable(overtones: readonly number[]): Float32Array {
  return Float32Array.from({ length: tableSize }, (_, at) =>
    overtones.reduce((sum, level, over) => sum + level * Math.sin((at / tableSize) * turn * (over + 1)), 0),
  );
}

const hertz = (note: number): number => 440 * 2 ** ((note - 69) / 12);

/** Interleaved stereo floats at `sampleRate`. */
export function musicOf(realm: Realm): Float32Array {
  const piece = pieces[realm];
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  const add = (from: number, count: number, pan: number, sampleAt: (index: number) => number): void => {
    for (let index = 0; index < count; index += 1) {
      const at = (from + index) % length;
      const sample = sampleAt(index);
      left[at] = (left[at] as number) + sample * (1 - pan);
      right[at] = (right[at] as number) + sample * pan;
    }
  };

  const sine = toneTable([1]);
  const plucked = toneTable(piece.overtones);
  const tone = (table: Float32Array, phase: number): number => table[Math.floor(phase) % tableSize] as number;

  const chordLength = piece.chordSeconds * sampleRate;
  const chordAt = (second: number): readonly number[] =>
    piece.chords[Math.floor(second / piece.chordSeconds) % piece.chords.length] as readonly number[];

  for (let second = 0; second < picture.loopSeconds; second += piece.chordSeconds) {
    chordAt(second).forEach((note, voice) => {
      const step = (hertz(note) * tableSize) / sampleRate;
      const long = Math.round(chordLength * 1.3);
      add(Math.round(second * sampleRate), long, 0.3 + voice * 0.13, (index) => {
        const swell = Math.sin((index / long) * Math.PI) ** 2;
        return 0.045 * swell * (tone(sine, index * step) + 0.5 * tone(sine, index * step * 1.003 + voice * 600));
      });
    });
  }

  const ring = Math.round(piece.ringSeconds * sampleRate);
  for (let index = 0; index < picture.loopSeconds * piece.notesASecond; index += 1) {
    const second = index / piece.notesASecond;
    const chord = chordAt(second);
    const step = piece.walk[index % piece.walk.length] as number;
    const note = (chord[step % chord.length] as number) + 12 * (1 + Math.floor(step / chord.length));
    const pitch = (hertz(note) * tableSize) / sampleRate;
    const loud = 0.1 * (index % piece.notesASecond === 0 ? 1.25 : 1);
    add(Math.round(second * sampleRate), ring, 0.5 + 0.3 * Math.sin(index * 1.7), (at) => {
      const fade = Math.min(1, at / 240) * Math.exp((-5 * at) / ring);
      return loud * fade * tone(plucked, at * pitch);
    });
  }

  const both = new Float32Array(length * 2);
  for (let index = 0; index < length; index += 1) {
    both[index * 2] = Math.tanh(left[index] as number);
    both[index * 2 + 1] = Math.tanh(right[index] as number);
  }
  return both;
}
