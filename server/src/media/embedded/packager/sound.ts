/**
 * The sound of a stream: Opus as it came, and from one decode both AAC and PCM. Lost packets become silence, so that
 * every encoder sees sound without holes and stays beside the picture.
 */
import {
  type AacEncoder,
  type AudioDecoder,
  aacFrame,
  aacPriming,
  createAacEncoder,
  createOpusDecoder,
  createPcmTap,
  pcmChannels,
} from '../av/audio-codecs.ts';
import type { Av } from '../av/load-av.ts';
import { type AudioTrack, audioClock, type Sample } from './mp4/tracks.ts';
import { opusSamples, opusSilence } from './opus-packet.ts';

const aacBitRate = 128_000;
const silentSamples = 960;
/** Timestamps of a sender wander by less; a hole is at least one lost packet. */
const holeSamples = silentSamples * 0.75;
/** A drift between the clocks of sound and picture is followed by making blocks a percent longer or shorter. */
const driftSamples = 24;
const stretchSamples = 8;
/** A longer one is left open: the sender paused on purpose. */
const longestFill = audioClock * 2;

export interface SoundSink {
  opus(sample: Sample): void;
  aac(sample: Sample): void;
  /** 16 kHz mono, `atMs` in media time. */
  pcm(atMs: number, samples: Int16Array): void;
}

export const opusTrack: AudioTrack = { kind: 'audio', codec: 'opus', channels: 2, config: Buffer.alloc(0) };

export class Sound {
  readonly #av: Av | null;
  readonly #sink: SoundSink;
  #decoder: AudioDecoder | null = null;
  #encoder: AacEncoder | null = null;
  #tap: ((pcm: Float32Array) => Int16Array) | null = null;
  #tapped = false;
  #nextOpus: number | null = null;
  #nextAac = 0;
  /** Where the PCM that the AAC encoder was given ends. */
  #pcmEnd: number | null = null;

  constructor(av: Av | null, sink: SoundSink) {
    this.#av = av;
    this.#sink = sink;
    if (av !== null) this.#decoder = createOpusDecoder(av);
    if (av !== null) this.#encoder = createAacEncoder(av, aacBitRate);
  }

  get aacTrack(): AudioTrack | null {
    const encoder = this.#encoder;
    return encoder === null ? null : { kind: 'audio', codec: 'aac', channels: pcmChannels, config: encoder.config };
  }

  /** PCM is resampled only while somebody listens. */
  set tapped(tapped: boolean) {
    if (tapped && !this.#tapped && this.#av !== null) this.#tap = createPcmTap(this.#av);
    if (!tapped) this.#tap = null;
    this.#tapped = tapped;
  }

  /** One Opus packet that begins at `time` (48 kHz ticks of media time). */
  packet(time: number, bytes: Buffer): void {
    const samples = opusSamples(bytes);
    if (samples === 0) return;
    const next = this.#nextOpus;
    // Not before what was already sent: a drift that was worked off, or a sender that jumped back.
    if (next !== null && time < next - holeSamples) return;
    if (next !== null && time - next >= holeSamples && time - next <= longestFill) this.#fill(next, time);
    this.#emit(time, samples, Buffer.from(bytes));
  }

  /** The next packet belongs to another timeline. */
  restart(): void {
    this.#nextOpus = null;
    this.#pcmEnd = null;
  }

  free(): void {
    this.#decoder?.free();
    this.#encoder?.free();
    this.#decoder = null;
    this.#encoder = null;
  }

  #fill(from: number, to: number): void {
    for (let time = from; time + silentSamples <= to; time += silentSamples) {
      this.#emit(time, silentSamples, opusSilence);
    }
  }

  #emit(time: number, samples: number, bytes: Buffer): void {
    this.#nextOpus = time + samples;
    this.#sink.opus({ time, duration: samples, compositionOffset: 0, isKey: true, data: bytes });
    if (this.#decoder === null) return;
    const pcm = this.#decoder.decode(bytes);
    if (pcm.length === 0) return;
    if (this.#tap !== null) this.#sink.pcm((time / audioClock) * 1000, this.#tap(pcm));
    this.#encode(time, pcm);
  }

  #encode(time: number, pcm: Float32Array): void {
    const encoder = this.#encoder;
    if (encoder === null) return;
    let block = pcm;
    if (this.#pcmEnd === null) {
      this.#pcmEnd = time;
      this.#nextAac = time - aacPriming;
    }
    const error = time - this.#pcmEnd;
    if (error > holeSamples) block = prependSilence(pcm, error);
    else if (error < -holeSamples) block = pcm.subarray(Math.min(pcm.length, -error * pcmChannels));
    else if (Math.abs(error) > driftSamples) block = stretched(pcm, Math.sign(error) * stretchSamples);
    this.#pcmEnd += block.length / pcmChannels;
    for (const data of encoder.encode(block)) {
      // The priming frame of a fresh timeline would lie before its start.
      if (this.#nextAac >= 0) {
        this.#sink.aac({ time: this.#nextAac, duration: aacFrame, compositionOffset: 0, isKey: true, data });
      }
      this.#nextAac += aacFrame;
    }
  }
}

function prependSilence(pcm: Float32Array, samples: number): Float32Array {
  const joined = new Float32Array(samples * pcmChannels + pcm.length);
  joined.set(pcm, samples * pcmChannels);
  return joined;
}

/** By linear interpolation, `more` samples longer (or shorter). */
function stretched(pcm: Float32Array, more: number): Float32Array {
  const before = pcm.length / pcmChannels;
  const after = before + more;
  const out = new Float32Array(after * pcmChannels);
  for (let i = 0; i < after; i += 1) {
    const at = (i * (before - 1)) / (after - 1);
    const left = Math.floor(at);
    const share = at - left;
    for (let channel = 0; channel < pcmChannels; channel += 1) {
      const here = pcm[left * pcmChannels + channel] as number;
      const next = pcm[(left + 1) * pcmChannels + channel] ?? here;
      out[i * pcmChannels + channel] = here + (next - here) * share;
    }
  }
  return out;
}
