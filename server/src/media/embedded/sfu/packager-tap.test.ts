import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type FeedConnection, type FeedListener, type FeedMessage, listenFeed } from '../feed.ts';
import { PackagerTap } from './packager-tap.ts';

/** Milliseconds; more than a second, which a busy machine may take. */
const PATIENCE = 10_000;

describe('the line to a packager', () => {
  const listeners: FeedListener[] = [];
  const connected = vi.fn();
  const wantsKeyframe = vi.fn();
  const tap = new PackagerTap({ connected, wantsKeyframe });
  afterEach(() => {
    tap.close();
    for (const listener of listeners.splice(0)) listener.close();
    vi.clearAllMocks();
  });

  async function packager(): Promise<{ address: string; feeds: FeedConnection[]; heard: FeedMessage[] }> {
    const [feeds, heard]: [FeedConnection[], FeedMessage[]] = [[], []];
    const listener = await listenFeed((feed) => {
      feeds.push(feed);
      feed.onMessage((message) => heard.push(message));
    });
    listeners.push(listener);
    return { address: listener.address, feeds, heard };
  }

  it('connects once, however often it is told', async () => {
    const { address, feeds } = await packager();
    await tap.use(address);
    await tap.use(address);
    await wait(700);
    expect(feeds).toHaveLength(1);
    expect(connected).toHaveBeenCalledOnce();
  });

  it('connects again when the line broke, and passes requests on', async () => {
    const { address, feeds } = await packager();
    await tap.use(address);
    await vi.waitFor(() => expect(feeds).toHaveLength(1), PATIENCE);
    feeds[0]?.close();
    await vi.waitFor(() => expect(feeds).toHaveLength(2), { timeout: 3_000 });
    feeds[1]?.send({ kind: 'keyframe-request' });
    await vi.waitFor(() => expect(wantsKeyframe).toHaveBeenCalledOnce(), PATIENCE);
  });

  it('leaves the old packager for a new one', async () => {
    const [old, next] = [await packager(), await packager()];
    await tap.use(old.address);
    await tap.use(next.address);
    tap.send({ kind: 'mute', muted: true });
    await vi.waitFor(() => expect(next.heard).toHaveLength(1), PATIENCE);
    await wait(700);
    expect([old.feeds.length, next.feeds.length, old.heard.length]).toEqual([1, 1, 0]);
  });
});
