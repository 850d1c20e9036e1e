import { afterEach, describe, expect, it, vi } from 'vitest';
import { AccessUnitLog } from '../../../../test/kit/access-unit-log.ts';
import { makeMedia } from '../../../../test/kit/encoded-media.ts';
import { loadAv } from '../av/load-av.ts';
import { connectFeed, type FeedConnection, listenFeed } from '../feed.ts';
import { lengthPrefixed } from '../packager/length-prefixed.ts';
import { avcConfiguration } from '../packager/mp4/sample-entries.ts';
import { RtmpPublisher } from './publisher.ts';

/** Milliseconds; more than a second, which a busy machine may take. */
const PATIENCE = 10_000;

const av = await loadAv();
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const type = (nal: Buffer): number => nal.readUInt8(0) & 0x1f;

describe.runIf(av !== null)('B-frames that cannot be converted in time', () => {
  it('reach HLS as they are, and the creator is told that WebRTC viewers see nothing', async () => {
    if (av === null) return;
    const log = new AccessUnitLog();
    const accepted = Promise.withResolvers<FeedConnection>();
    const listener = await listenFeed((feed) => {
      feed.onMessage((message) => log.take(message));
      accepted.resolve(feed);
    });
    const publisher = new RtmpPublisher(av, await connectFeed(listener.address), () => {});
    ends.push(() => publisher.gone(), listener.close);
    const { frames } = makeMedia(av, { seconds: 8, bFrames: 2, width: 160, height: 90 });
    const [sps, pps] = [7, 8].map((wanted) => frames[0]?.nals.find((nal) => type(nal) === wanted)) as [Buffer, Buffer];
    publisher.tag('video', 0, Buffer.concat([Buffer.from('1700000000', 'hex'), avcConfiguration(sps, pps)]));
    // All at once: no machine transcodes that before the next message comes.
    for (const frame of frames) {
      const head = Buffer.from('2701000000', 'hex');
      if (frame.isKey) head[0] = 0x17;
      head.writeIntBE(Math.round(((frame.pts - frame.dts) * 1000) / 30), 2, 3);
      const body = Buffer.concat([head, lengthPrefixed(frame.nals.filter((nal) => type(nal) <= 5))]);
      publisher.tag('video', Math.round(((frame.dts + 2) * 1000) / 30), body);
    }
    await accepted.promise;
    await vi.waitFor(() => expect(log.sources).toHaveLength(2), PATIENCE);
    expect(log.sources.map((source) => source.webrtcPlayable)).toEqual([true, false]);
    expect(log.sources[1]?.notice).toContain('Set B-frames to 0');
    await vi.waitFor(() => expect(log.pictures.length).toBeGreaterThan(50), PATIENCE);
    expect(log.pictures.some((picture) => picture.compositionTicks > 0)).toBe(true);
  });
});
