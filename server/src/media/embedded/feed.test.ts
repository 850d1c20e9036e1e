import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectFeed, type FeedConnection, type FeedListener, type FeedMessage, listenFeed } from './feed.ts';
import { encodeFeedMessage, FeedDecoder } from './feed-messages.ts';

/** Milliseconds; more than a second, which a busy machine may take. */
const PATIENCE = 10_000;

const cleanUp: { close(): void }[] = [];
afterEach(() => {
  for (const thing of cleanUp.splice(0)) thing.close();
});

async function pair(): Promise<{ here: FeedConnection; there: FeedConnection; listener: FeedListener }> {
  const accepted = Promise.withResolvers<FeedConnection>();
  const listener = await listenFeed((connection) => accepted.resolve(connection));
  const here = await connectFeed(listener.address);
  const there = await accepted.promise;
  cleanUp.push(here, there, listener);
  return { here, there, listener };
}

const anyTrack = fc.constantFrom('video' as const, 'audio' as const);
const anyMessage: fc.Arbitrary<FeedMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('rtp' as const),
    track: anyTrack,
    packet: fc.uint8Array({ maxLength: 1500 }).map((bytes) => Buffer.from(bytes)),
  }),
  fc.record({
    kind: fc.constant('sr' as const),
    track: anyTrack,
    ntpMs: fc.double({ noNaN: true, noDefaultInfinity: true }),
    rtpTimestamp: fc.integer({ min: 0, max: 0xffffffff }),
  }),
  fc.record({
    kind: fc.constant('source' as const),
    source: fc.constantFrom('whip' as const, 'rtmp' as const),
    videoPt: fc.option(fc.integer({ min: 0, max: 127 })),
    audioPt: fc.option(fc.integer({ min: 0, max: 127 })),
    webrtcPlayable: fc.boolean(),
    notice: fc.option(fc.string()),
  }),
  fc.constant({ kind: 'keyframe-request' as const }),
  fc.record({ kind: fc.constant('mute' as const), muted: fc.boolean() }),
  fc.constant({ kind: 'end' as const }),
);

describe('a feed', () => {
  it('gives back what was put in, however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 20 }), fc.integer({ min: 1, max: 700 }), (messages, cut) => {
        const bytes = Buffer.concat(messages.flatMap((m) => encodeFeedMessage(m).filter((part) => part !== null)));
        const decoder = new FeedDecoder();
        const out: FeedMessage[] = [];
        for (let at = 0; at < bytes.length; at += cut) decoder.push(bytes.subarray(at, at + cut), (m) => out.push(m));
        expect(out).toEqual(messages);
      }),
      { numRuns: 60 },
    );
  });

  it('carries messages both ways and tells when the other side left', async () => {
    const { here, there } = await pair();
    const up: FeedMessage[] = [];
    const down: FeedMessage[] = [];
    here.onMessage((message) => up.push(message));
    there.onMessage((message) => down.push(message));
    here.send({ kind: 'rtp', track: 'audio', packet: Buffer.of(1, 2, 3) });
    there.send({ kind: 'keyframe-request' });
    await vi.waitFor(() => expect([up.length, down.length]).toEqual([1, 1]), PATIENCE);
    const left = vi.fn();
    there.onClose(left);
    here.close();
    await vi.waitFor(() => expect(left).toHaveBeenCalledOnce(), PATIENCE);
    expect(there.send({ kind: 'end' })).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('is a socket for its owner alone, and leaves no file behind', async () => {
    const { listener } = await pair();
    const path = listener.address.split('unix:')[1] as string;
    expect(statSync(path).mode & 0o777).toBe(0o600);
    listener.close();
    await vi.waitFor(() => expect(existsSync(dirname(path))).toBe(false), PATIENCE);
  });

  it('turns away who does not know the secret', async () => {
    const onConnection = vi.fn();
    const listener = await listenFeed(onConnection);
    cleanUp.push(listener);
    const socket = connect({ path: listener.address.split('unix:')[1] as string });
    socket.on('error', () => {});
    socket.write(Buffer.alloc(64, 7));
    await once(socket, 'close');
    expect(onConnection).not.toHaveBeenCalled();
  });

  it('drops RTP and counts it instead of growing when the other side does not read', async () => {
    const listener = await listenFeed(() => {});
    cleanUp.push(listener);
    // A reader that hangs: another process that connects the feed and then blocks.
    const script = `const {listenFeed}=await import(${JSON.stringify(new URL('./feed.ts', import.meta.url).href)});
      const l=await listenFeed(()=>{for(;;);}); process.send(l.address); process.on('message',()=>{});`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 2, 2, 'ipc'] });
    try {
      const [address] = await once(child, 'message');
      const feed = await connectFeed(address as string);
      feed.onClose(() => {});
      const packet = Buffer.alloc(1200);
      for (let sent = 0; sent < 10_000; sent += 1) {
        feed.send({ kind: 'rtp', track: 'video', packet });
        if (sent % 500 === 0) await wait(1);
      }
      expect(feed.dropped).toBeGreaterThan(1_000);
      expect(feed.bufferedBytes).toBeLessThan(6 * 1024 * 1024);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('closes on bytes that are no feed', async () => {
    const { here, there } = await pair();
    const reason = Promise.withResolvers<string>();
    there.onClose(reason.resolve);
    here.send({ kind: 'rtp', track: 'video', packet: Buffer.alloc(90_000) });
    expect(await reason.promise).toContain('broken feed');
  });
});
