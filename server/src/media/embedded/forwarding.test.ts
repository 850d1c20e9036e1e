/** What viewers notice, on real connections: nothing, wherever possible. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { MediaRoom, startMedia } from '../../../test/kit/media-room.ts';
import { sdpOffer } from '../../../test/kit/sdp-offers.ts';
import { readRtcp, writeNack, writePli } from './sfu/rtcp.ts';

const patience = { timeout: 25_000, interval: 20 };
const silence = Buffer.of(0xf8, 0xff, 0xfe);

describe('forwarding', { timeout: 60_000 }, () => {
  let media: Awaited<ReturnType<typeof startMedia>>;
  let room: MediaRoom;
  beforeAll(async () => {
    media = await startMedia({}, { packager: false });
  }, 60_000);
  beforeEach(async () => {
    room = await MediaRoom.open(media.engine);
  });
  afterEach(() => room.close());
  afterAll(() => media.stop());

  it("reaches every one of 60 viewers through the one port, and those who come from a dead one's address", async () => {
    await room.publisher();
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const vanishing = await room.viewer({ port });
    await vi.waitFor(() => expect(vanishing.video.packets).toBeGreaterThan(0), patience);
    vanishing.close();
    const viewers = await Promise.all(Array.from({ length: 60 }, () => room.viewer()));
    viewers.push(await room.viewer({ port }));
    await vi.waitFor(() => {
      expect(viewers.filter((viewer) => viewer.video.packets < 10 || viewer.audio.packets < 10)).toHaveLength(0);
    }, patience);
    expect(viewers.reduce((sum, viewer) => sum + viewer.video.gaps + viewer.audio.gaps, 0)).toBe(0);
  });

  it('lets a publisher come back: the same streams go on, forward in number and time', async () => {
    const first = await room.publisher();
    const viewer = await room.viewer();
    await vi.waitFor(() => expect(viewer.video.packets).toBeGreaterThan(20), patience);
    const { ssrc } = viewer.video;
    await room.engine.remove(first.resourceId);
    first.close();
    await room.publisher();
    const before = viewer.video.packets;
    await vi.waitFor(() => expect(viewer.video.packets).toBeGreaterThan(before + 20), patience);
    expect(viewer.closed).toBe(false);
    expect(viewer.video.ssrc).toBe(ssrc);
    expect([viewer.video.gaps, viewer.audio.gaps, viewer.video.backwards, viewer.audio.backwards]).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it('silences the sound without losing a packet, and brings it back', async () => {
    await room.publisher();
    const viewer = await room.viewer();
    await vi.waitFor(() => expect(viewer.audio.packets).toBeGreaterThan(5), patience);
    expect(viewer.audio.lastPayload.length).toBeGreaterThan(20);
    await room.engine.setAudioMuted(room.streamId, true);
    await vi.waitFor(() => expect(viewer.audio.lastPayload).toEqual(silence), patience);
    const heard: Buffer[] = [];
    viewer.onPacket = (kind, packet) => {
      if (kind === 'audio') heard.push(packet.subarray(12));
    };
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(20), patience);
    expect(heard.every((payload) => payload.equals(silence))).toBe(true);
    await room.engine.setAudioMuted(room.streamId, false);
    await vi.waitFor(() => expect(viewer.audio.lastPayload.length).toBeGreaterThan(20), patience);
    expect(viewer.audio.gaps).toBe(0);
  });

  it("gives viewers the publisher's clock, so that lips and voice agree", async () => {
    await room.publisher();
    const viewer = await room.viewer();
    await vi.waitFor(() => {
      expect(viewer.video.senderReports.length).toBeGreaterThan(1);
      expect(viewer.audio.senderReports.length).toBeGreaterThan(1);
    }, patience);
    for (const [track, clockRate] of [
      [viewer.video, 90_000],
      [viewer.audio, 48_000],
    ] as const) {
      const report = track.senderReports.at(-1);
      expect(report?.ssrc).toBe(track.ssrc);
      // The report's RTP time lies within half a second of the newest packet's.
      const distance = ((track.lastTimestamp ?? 0) - (report?.rtpTimestamp ?? 0)) | 0;
      expect(Math.abs(distance) / clockRate).toBeLessThan(0.6);
      // The same era and the same epoch; how late a busy machine reads it is not the question.
      expect(Math.abs(Date.now() - (report?.ntpMs ?? 0))).toBeLessThan(20_000);
    }
  });

  it('asks the publisher for what got lost, so that viewers miss nothing', async () => {
    const publisher = await room.publisher({ loss: 0.1 });
    const viewer = await room.viewer();
    const got = new Set<number>();
    viewer.onPacket = (kind, packet) => {
      if (kind === 'video') got.add(packet.readUInt16BE(2));
    };
    await vi.waitFor(() => expect(got.size).toBeGreaterThan(120), patience);
    const last = viewer.video.lastSequence ?? 0;
    // The newest may still be on the way.
    const settled = Array.from({ length: 80 }, (_, index) => (last - 20 - index) & 0xffff);
    expect(settled.filter((sequence) => !got.has(sequence))).toEqual([]);
    expect(publisher.resent).toBeGreaterThan(3);
    expect((await room.engine.stats(room.streamId)).packetLoss).toBeLessThan(0.05);
  });

  it('sends a viewer again what it asks for', async () => {
    await room.publisher();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const viewer = await room.viewer();
    let first: number | null = null;
    viewer.onPacket = (kind, packet) => {
      if (kind === 'video') first ??= packet.readUInt16BE(2);
    };
    await vi.waitFor(() => expect(viewer.video.packets).toBeGreaterThan(20), patience);
    // Sent to nobody here, so that it counts as lost: a player's SRTP would hide a packet that it has already.
    const wanted = ((first ?? 0) - 3) & 0xffff;
    let again = 0;
    viewer.onPacket = (kind, packet) => {
      if (kind === 'video' && packet.readUInt16BE(2) === wanted) again += 1;
    };
    viewer.send('video', writeNack(1, viewer.video.ssrc ?? 0, [wanted]));
    await vi.waitFor(() => expect(again).toBe(1), patience);
  });

  it("carries a viewer's wish for a key frame to the publisher, however many wish", async () => {
    const publisher = await room.publisher();
    const viewers = await Promise.all(Array.from({ length: 5 }, () => room.viewer()));
    await vi.waitFor(() => expect(viewers.every((viewer) => viewer.video.packets > 0)).toBe(true), patience);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const before = publisher.keyframeRequests;
    const startedAt = performance.now();
    for (let round = 0; round < 10; round += 1) {
      for (const viewer of viewers) viewer.send('video', writePli(1, viewer.video.ssrc ?? 0));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await vi.waitFor(() => expect(publisher.keyframeRequests).toBeGreaterThan(before), patience);
    // One per 300 ms, and the one made up for: about 3 for the 50 wishes, more only where these took longer.
    const spanMs = performance.now() - startedAt;
    expect(publisher.keyframeRequests - before).toBeLessThanOrEqual(Math.ceil(spanMs / 300) + 2);
  });

  it('reports to the publisher every second, with a ceiling for its bitrate', async () => {
    const publisher = await room.publisher();
    await vi.waitFor(() => expect(publisher.feedback.get(201)).toBeGreaterThan(3), patience);
    expect(publisher.feedback.get(206)).toBeGreaterThan(0);
    expect(readRtcp(Buffer.alloc(0))).toEqual([]);
  });

  it('measures the stream from what arrives', async () => {
    await room.publisher();
    await vi.waitFor(async () => {
      const stats = await room.engine.stats(room.streamId);
      expect(stats).toMatchObject({ state: 'live', source: 'whip', width: 192, height: 108, packetLoss: 0 });
      expect(stats.framesPerSecond).toBeGreaterThan(25);
      expect(stats.framesPerSecond).toBeLessThan(35);
      expect(stats.videoKbps).toBeGreaterThan(10);
      expect(stats.audioKbps).toBeGreaterThan(10);
      expect(stats.keyframeIntervalMs).toBeGreaterThan(0);
    }, patience);
  });

  it('calls a stream interrupted when the encoder freezes, and live again when it goes on', async () => {
    const states: string[] = [];
    const stop = room.engine.on((event) => {
      if ('streamId' in event && event.streamId === room.streamId) states.push(event.type);
    });
    const publisher = await room.publisher();
    await vi.waitFor(() => expect(states).toContain('publish.started'), patience);
    publisher.pause();
    await vi.waitFor(() => expect(states).toContain('publish.interrupted'), patience);
    expect((await room.engine.stats(room.streamId)).state).toBe('interrupted');
    publisher.resume();
    await vi.waitFor(() => expect(states.filter((type) => type === 'publish.started')).toHaveLength(2), patience);
    stop();
  });

  it('answers more lines than there are publishers, for those who join later', async () => {
    await room.publisher();
    const viewer = await room.viewer({ slots: 3 });
    await vi.waitFor(() => expect(viewer.video.packets).toBeGreaterThan(10), patience);
  });

  it.each([
    ['sound alone', sdpOffer({ video: 'none' })],
    ['VP8 alone', sdpOffer({ video: 'vp8' })],
    ['a broken fingerprint', sdpOffer().replaceAll(/a=fingerprint:.*/g, 'a=fingerprint:sha-256 zz')],
    ['no ICE password', sdpOffer().replaceAll(/a=ice-pwd:.*\r\n/g, '')],
    ['an ICE password of three letters', sdpOffer().replaceAll(/a=ice-pwd:.*/g, 'a=ice-pwd:abc')],
    ['a codec line that is cut off', sdpOffer().replaceAll('H264/90000', 'H264/')],
  ])('refuses an offer with %s, and the worker lives on', async (_, offer) => {
    const [pid] = room.engine.workerPids;
    await expect(room.engine.publish(room.streamId, offer)).rejects.toMatchObject({ code: 'invalid' });
    const watched = offer.replaceAll('a=sendonly', 'a=recvonly');
    await expect(room.engine.watch(room.streamId, watched, { identity: 'v' })).rejects.toMatchObject({
      code: 'invalid',
    });
    expect(room.engine.workerPids).toEqual([pid]);
    expect((await room.engine.stats(room.streamId)).webrtcViewers).toBe(0);
  });
});
