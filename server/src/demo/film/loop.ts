/** One minute of picture and sound, encoded once and kept in the data folder; played again and again it costs no CPU. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Realm } from '@virgil/contract';
import { createOpusEncoder, pcmChannels, pcmRate } from '../../media/embedded/av/audio-codecs.ts';
import { type Av, loadAv } from '../../media/embedded/av/load-av.ts';
import { createH264Encoder, type EncodedFrame } from './h264-encoder.ts';
import { musicOf } from './music.ts';
import { framesOf } from './scenes.ts';

export interface Loop {
  readonly video: readonly EncodedFrame[];
  /** Opus, 20 ms each. */
  readonly audio: readonly Buffer[];
}

/** Part of the file name: a new picture or encoding gets a new number, and old files are made anew. */
const version = 1;
const audioBitRate = 64_000;
/** A second: the encoder copies what it has not taken yet. */
const pieceLength = pcmRate * pcmChannels;

/** Null when there is no FFmpeg (node-av) on this machine to make one with. */
export async function loopOf(realm: Realm, folder: string): Promise<Loop | null> {
  const file = path.join(folder, `${realm}-${version}.loop`);
  const kept = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (kept !== null) return readLoop(kept);
  const av = await loadAv();
  if (av === null) return null;
  const made = await makeLoop(av, realm);
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.${process.pid}`, writeLoop(made));
  await rename(`${file}.${process.pid}`, file);
  return made;
}

async function makeLoop(av: Av, realm: Realm): Promise<Loop> {
  const encoder = createH264Encoder(av);
  const video: EncodedFrame[] = [];
  for (const canvas of framesOf(realm)) {
    video.push(...encoder.encode(canvas));
    if (video.length % 10 === 0) await yieldToOthers();
  }
  video.push(...encoder.finish());
  const sound = createOpusEncoder(av, audioBitRate);
  const music = musicOf(realm);
  const audio: Buffer[] = [];
  for (let at = 0; at < music.length; at += pieceLength) {
    audio.push(...sound.encode(music.subarray(at, at + pieceLength)));
    await yieldToOthers();
  }
  sound.free();
  return { video, audio };
}

/** Each piece: kind (0 sound, 1 picture, 2 key frame), length, bytes. */
function writeLoop({ video, audio }: Loop): Buffer {
  const pieces = [
    ...video.map(({ bytes, isKeyFrame }) => ({ kind: isKeyFrame ? 2 : 1, bytes })),
    ...audio.map((bytes) => ({ kind: 0, bytes })),
  ];
  return Buffer.concat(
    pieces.flatMap(({ kind, bytes }) => {
      const head = Buffer.alloc(5);
      head.writeUInt8(kind, 0);
      head.writeUInt32BE(bytes.length, 1);
      return [head, bytes];
    }),
  );
}

export function readLoop(file: Buffer): Loop {
  const video: EncodedFrame[] = [];
  const audio: Buffer[] = [];
  for (let at = 0; at + 5 <= file.length; ) {
    const kind = file.readUInt8(at);
    const end = at + 5 + file.readUInt32BE(at + 1);
    const bytes = file.subarray(at + 5, end);
    if (kind === 0) audio.push(bytes);
    else video.push({ bytes, isKeyFrame: kind === 2 });
    at = end;
  }
  return { video, audio };
}
