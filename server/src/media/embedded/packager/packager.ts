/** Everything about one live stream that needs no process: feed in; playlists, clips, stills, recording and PCM out. */
import type { Clip } from '../../engine.ts';
import type { Av } from '../av/load-av.ts';
import type { FeedMessage, FeedSource } from '../feed.ts';
import { cutClip } from './clip.ts';
import { HlsOrigin, type HlsReply } from './hls-origin.ts';
import type { Configuration, Part, Segment } from './live-parts.ts';
import { LiveWindow } from './live-window.ts';
import { audioClock, type Sample, type VideoTrack, videoClock } from './mp4/tracks.ts';
import type { FileRequest } from './playlists.ts';
import { cutExcerpt } from './recorded-excerpt.ts';
import { type FinishedFile, Recorder } from './recorder.ts';
import { recordingPaths } from './recording-paths.ts';
import { Segmenter } from './segmenter.ts';
import { Session, ticksToMs } from './session.ts';
import { opusTrack, Sound } from './sound.ts';
import { Stills } from './stills.ts';

export interface PackagerSetup {
  /** Null: no recording. */
  readonly recordingFolder: string | null;
  readonly minFreeBytes: number;
  readonly av: Av | null;
  readonly now: () => number;
  readonly requestKeyframe: () => void;
  readonly onPcm: (atMs: number, samples: Int16Array) => void;
  readonly onNotice: (notice: string) => void;
}

export interface HlsAsk {
  readonly file: FileRequest;
  readonly msn?: number | undefined;
  readonly part?: number | undefined;
}

/** Numbers go on after a restart of this process, so that no name and no sequence number is ever used twice. */
const numbersSinceMs = Date.UTC(2025, 0, 1);
const partsPerSecond = 20;
/** hls.js keeps a plain array by discontinuity number and walks it from 0: millions block its page for seconds. */
const discontinuityRange = 10_000;

export class Packager {
  readonly #setup: PackagerSetup;
  readonly #window: LiveWindow;
  readonly #origin: HlsOrigin;
  readonly #segmenter: Segmenter;
  readonly #sound: Sound;
  readonly #stills: Stills;
  readonly #recorder: Recorder | null;
  #session: Session | null = null;
  #configuration: Configuration | null = null;
  #configurations: number;
  #endMs = 0;
  #stillOfRecording: Buffer | undefined;
  #notice: string | null = null;

  constructor(setup: PackagerSetup) {
    this.#setup = setup;
    const seconds = Math.floor((setup.now() - numbersSinceMs) / 1000);
    this.#configurations = seconds;
    this.#window = new LiveWindow(seconds % discontinuityRange, seconds * partsPerSecond);
    this.#origin = new HlsOrigin(this.#window);
    const start = { msn: seconds, partNumber: seconds * partsPerSecond };
    this.#segmenter = new Segmenter(start, this.#segments());
    this.#stills = new Stills(setup.av, setup.now);
    this.#sound = new Sound(setup.av, {
      opus: (sample) => this.#takeSound('opus', sample),
      aac: (sample) => this.#takeSound('aac', sample),
      pcm: setup.onPcm,
    });
    const audio = this.#sound.aacTrack ?? opusTrack;
    this.#recorder = setup.recordingFolder === null ? null : this.#record(setup.recordingFolder, audio);
  }

  take(message: FeedMessage): void {
    switch (message.kind) {
      case 'source': {
        const { kind: _, ...source } = message;
        this.#beginSession(source);
        return;
      }
      case 'rtp':
      case 'sr':
        this.#session?.take(message);
        return;
      case 'end':
        this.endSession();
        return;
      case 'mute':
      case 'keyframe-request':
        return;
    }
  }

  #beginSession(source: FeedSource): void {
    this.endSession();
    this.#session = new Session(source, this.#endMs, this.#samples(source), this.#setup.now);
  }

  /** The publisher is gone, perhaps for a while. */
  endSession(): void {
    if (this.#session === null) return;
    this.#session = null;
    this.#segmenter.flush();
    this.#sound.restart();
  }

  tick(): void {
    this.#session?.tick();
  }

  hls(ask: HlsAsk): Promise<HlsReply> {
    return this.#origin.answer(ask.file, ask.msn, ask.part);
  }

  clip(seconds: number): Clip | null {
    return cutClip(this.#window.segments, seconds);
  }

  async excerpt(seconds: number, endingSecondsAgo: number): Promise<Clip | null> {
    const folder = this.#setup.recordingFolder;
    if (folder === null) return null;
    await this.#recorder?.settle();
    return cutExcerpt(recordingPaths(folder).growing, seconds, endingSecondsAgo);
  }

  get stills(): readonly Buffer[] {
    return this.#stills.images;
  }

  set tapped(tapped: boolean) {
    this.#sound.tapped = tapped;
  }

  get audioCodecs(): ('opus' | 'aac')[] {
    const configuration = this.#configuration;
    if (configuration?.opus == null) return [];
    return configuration.aac === null ? ['opus'] : ['opus', 'aac'];
  }

  get lostPackets(): number {
    return this.#session?.lostPackets ?? 0;
  }

  get notice(): string | null {
    return this.#notice;
  }

  async finish(): Promise<FinishedFile | null> {
    this.endSession();
    await this.#stills.free();
    const recording = (await this.#recorder?.finish(this.#stillOfRecording)) ?? null;
    this.#sound.free();
    return recording;
  }

  #record(folder: string, audioTrack: Configuration['aac'] & object): Recorder {
    return new Recorder({
      folder,
      audioTrack,
      minFreeBytes: this.#setup.minFreeBytes,
      onStopped: (notice) => {
        this.#notice = notice;
        this.#setup.onNotice(notice);
      },
    });
  }

  #segments() {
    return {
      segmentStarted: (segment: Segment) => this.#window.add(segment),
      partDone: (_: Segment, part: Part) => this.#window.advance(part),
      segmentDone: (segment: Segment) => {
        this.#window.advance(null);
        this.#recorder?.add(segment);
        // One from a little into the stream says more than the first frame.
        if (this.#stills.images.length <= 5) this.#stillOfRecording = this.#stills.images.at(-1);
      },
    };
  }

  #samples(source: FeedSource) {
    return {
      clock: (mediaMs: number) => {
        this.#segmenter.wallClockAtZeroMs = this.#setup.now() - mediaMs;
      },
      tracks: (video: VideoTrack | null, hasAudio: boolean, atTicks: number | null) => {
        const discontinuity = this.#configuration !== null;
        this.#configuration = {
          index: this.#configurations,
          video,
          opus: hasAudio ? opusTrack : null,
          aac: hasAudio ? this.#sound.aacTrack : null,
        };
        this.#configurations += 1;
        this.#segmenter.configure(this.#configuration, discontinuity, atTicks);
      },
      video: (sample: Omit<Sample, 'duration'>) => {
        this.#endMs = Math.max(this.#endMs, ticksToMs(sample.time, videoClock) + 40);
        const track = this.#configuration?.video;
        if (sample.isKey && track != null) this.#stills.keyFrame(track, sample.data);
        this.#segmenter.video(sample);
      },
      audio: (time: number, packet: Buffer) => this.#sound.packet(time, packet),
      requestKeyframe: () => this.#setup.requestKeyframe(),
      stalled: () => {
        this.#beginSession(source);
        this.#setup.requestKeyframe();
      },
    };
  }

  #takeSound(codec: 'opus' | 'aac', sample: Sample): void {
    this.#endMs = Math.max(this.#endMs, ticksToMs(sample.time + sample.duration, audioClock));
    this.#segmenter.audio(codec, sample);
  }
}
