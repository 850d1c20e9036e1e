import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixtureMedia } from '../../../../test/kit/encoded-media.ts';
import { lengthPrefixed } from './length-prefixed.ts';
import type { Part, Segment } from './live-parts.ts';
import { boxesIn, findBox } from './mp4/read-boxes.ts';
import type { Sample, VideoTrack } from './mp4/tracks.ts';
import { finishFolder, Recorder } from './recorder.ts';
import { recordingPaths } from './recording-paths.ts';
import { opusTrack } from './sound.ts';

const media = fixtureMedia();
const isSet = (nal: Buffer): boolean => [7, 8].includes(nal.readUInt8(0) & 0x1f);
const [sps, pps] = (media.frames[0]?.nals ?? []).filter(isSet) as [Buffer, Buffer];
const video: VideoTrack = { kind: 'video', sps, pps, width: media.width, height: media.height };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'virgil-recorder-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Second number `index` of the loop, as one segment of one part. */
function segment(index: number, startSecond = index): Segment {
  const picture = media.frames.map(({ nals, isKey }, frame): Sample => {
    const data = lengthPrefixed(nals.filter((nal) => !isSet(nal)));
    return { time: startSecond * 90_000 + frame * 3000, duration: 3000, compositionOffset: 0, isKey, data };
  });
  const sound = media.opus.map((data, packet): Sample => {
    return { time: startSecond * 48_000 + packet * 960, duration: 960, compositionOffset: 0, isKey: true, data };
  });
  const configuration = { index: 1, video, opus: opusTrack, aac: null };
  const part: Part = {
    number: index,
    msn: index,
    independent: true,
    seconds: 1,
    configuration,
    video: picture,
    opus: sound,
    aac: [],
  };
  return { msn: index, configuration, discontinuity: false, startedAtMs: 0, parts: [part], complete: true };
}

function recorder(minFreeBytes = 0) {
  const notices: string[] = [];
  const made = new Recorder({
    folder,
    audioTrack: opusTrack,
    minFreeBytes,
    onStopped: (notice) => notices.push(notice),
  });
  return { made, notices };
}

/** Box types of the file, and how many samples each track's tables list. */
function look(path: string): { types: string[]; counts: number[]; durationMs: number } {
  const bytes = readFileSync(path);
  const types = [...boxesIn(bytes)].map((found) => found.type);
  const moov = findBox(bytes, ['moov']) ?? Buffer.alloc(0);
  const counts = [...boxesIn(moov)]
    .filter((found) => found.type === 'trak')
    .map((trak) => findBox(trak.body, ['mdia', 'minf', 'stbl', 'stsz'])?.readUInt32BE(8) ?? 0);
  return { types, counts, durationMs: Number(findBox(moov, ['mvhd'])?.readBigUInt64BE(24) ?? 0n) };
}

describe('a recording', () => {
  it('becomes a plain MP4 without copying what was written', async () => {
    const { made } = recorder();
    for (let index = 0; index < 5; index += 1) made.add(segment(index));
    await made.settle();
    const growing = readFileSync(recordingPaths(folder).growing);
    expect([...boxesIn(growing)].map((found) => found.type).slice(0, 5)).toEqual([
      'ftyp',
      'free',
      'moov',
      'moof',
      'mdat',
    ]);
    const finished = await made.finish(Buffer.from('still'));
    expect(finished).toMatchObject({ durationMs: 5_000, thumbnailPath: recordingPaths(folder).still });
    const seen = look(finished?.path ?? '');
    expect(seen).toEqual({ types: ['ftyp', 'mdat', 'moov'], counts: [150, 250], durationMs: 5_000 });
    const bytes = readFileSync(finished?.path ?? '');
    expect(bytes.length).toBe(finished?.sizeBytes);
    // Only the place holder changed.
    expect(bytes.subarray(52, growing.length).equals(growing.subarray(52))).toBe(true);
    expect(existsSync(recordingPaths(folder).growing)).toBe(false);
  });

  it('is finished by the next start, from wherever a crash cut it', async () => {
    const { made } = recorder();
    for (let index = 0; index < 4; index += 1) made.add(segment(index));
    await made.settle();
    const paths = recordingPaths(folder);
    const whole = join(folder, 'whole');
    copyFileSync(paths.growing, whole);
    const size = readFileSync(whole).length;
    const [, , , ...fragments] = [...boxesIn(readFileSync(whole))];
    for (let cut = size; cut > 0; cut -= Math.ceil(size / 60)) {
      copyFileSync(whole, paths.growing);
      truncateSync(paths.growing, cut);
      const complete = fragments.filter((found) => found.type === 'mdat' && found.end <= cut).length;
      const finished = await finishFolder(folder, undefined);
      if (complete === 0) {
        expect(finished).toBeNull();
        continue;
      }
      expect(finished?.durationMs).toBe(complete * 1_000);
      expect(look(paths.done).counts).toEqual([complete * 30, complete * 50]);
      rmSync(paths.done);
    }
  });

  it('goes on in the same file after a crash, on one timeline', async () => {
    const first = recorder().made;
    for (let index = 0; index < 3; index += 1) first.add(segment(index));
    await first.settle();
    const { growing } = recordingPaths(folder);
    truncateSync(growing, readFileSync(growing).length - 10);
    const second = recorder().made;
    // A new packager counts its media time from 0 again.
    for (let index = 0; index < 2; index += 1) second.add(segment(index, index));
    const finished = await second.finish(undefined);
    expect(finished?.durationMs).toBe(4_000);
    expect(look(finished?.path ?? '').counts).toEqual([120, 200]);
  });

  it('stops when the disk is nearly full, says so once, and keeps what it has', async () => {
    const { made } = recorder();
    made.add(segment(0));
    await made.settle();
    const { made: full, notices } = recorder(Number.MAX_SAFE_INTEGER);
    for (let index = 0; index < 5; index += 1) full.add(segment(index));
    await full.settle();
    expect(notices).toEqual(['The recording has stopped: the disk is full. The stream goes on.']);
    expect((await full.finish(undefined))?.durationMs).toBe(1_000);
  });

  it('is told of again when the server died before anybody heard of it', async () => {
    const { made } = recorder();
    made.add(segment(0));
    const finished = await made.finish(Buffer.from('still'));
    expect(await finishFolder(folder, undefined)).toEqual(finished);
  });

  it('is nothing when nothing came, or when the file is no recording', async () => {
    expect(await recorder().made.finish(undefined)).toBeNull();
    writeFileSync(recordingPaths(folder).growing, 'this is not a recording, and long enough to look at');
    expect(await finishFolder(folder, undefined)).toBeNull();
  });
});
