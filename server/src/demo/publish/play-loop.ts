/** Plays a loop into a WHIP session in real time, in step with the second hand of the wall clock. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Loop } from '../film/loop.ts';
import { picture } from '../film/scenes.ts';
import { h264Payloads } from './packetise.ts';
import { RtpSender } from './rtp-sender.ts';
import { formats, type WhipSession } from './whip-session.ts';

const audioSeconds = 0.02;
const reportEveryMs = 1_000;
const tickMs = 10;

export async function playLoop(session: WhipSession, loop: Loop, signal: AbortSignal): Promise<void> {
  const over = AbortSignal.any([session.ended, signal]);
  const video = new RtpSender({ ...formats.video, send: (packet) => sendTo(session.video, packet) });
  const audio = new RtpSender({ ...formats.audio, send: (packet) => sendTo(session.audio, packet) });
  const pictures = loop.video.map(({ bytes }) => h264Payloads(bytes));
  const pictureSeconds = 1 / picture.framesPerSecond;
  const keyFrameEvery = picture.framesPerSecond;

  // The dial shows the seconds of the minute. It starts at a key frame: a decoder can begin nowhere else.
  const startedAt = Date.now();
  const now = (): number => (Date.now() - startedAt) / 1000;
  const second = Math.floor((startedAt / 1000) % picture.loopSeconds);
  let videoAt = second * keyFrameEvery;
  let audioAt = Math.round(second / audioSeconds);
  let shown = 0;
  let heard = 0;
  let reportedAt = 0;
  while (!over.aborted) {
    for (; shown * pictureSeconds <= now(); shown += 1, videoAt += 1) {
      const payloads = pictures[videoAt % pictures.length] ?? [];
      payloads.forEach((payload, index) => {
        video.send(payload, shown * pictureSeconds, index === payloads.length - 1);
      });
    }
    for (; heard * audioSeconds <= now(); heard += 1, audioAt += 1) {
      audio.send(loop.audio[audioAt % loop.audio.length] ?? Buffer.alloc(0), heard * audioSeconds, false);
    }
    if (Date.now() - reportedAt >= reportEveryMs) {
      reportedAt = Date.now();
      video.report(now(), reportedAt);
      audio.report(now(), reportedAt);
    }
    await wait(tickMs);
  }
}

function sendTo(track: WhipSession['video'], packet: Buffer): void {
  if (track.isOpen()) track.sendMessageBinary(packet);
}
