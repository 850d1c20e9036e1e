/** A packager process: one live stream. Forked by `index.ts` with its setup as JSON; ends when its parent does. */
import { loadAv } from '../av/load-av.ts';
import { type FeedConnection, listenFeed } from '../feed.ts';
import { serveParent, tellParent } from '../media-child-main.ts';
import { describeCapabilities } from './capabilities.ts';
import { Packager } from './packager.ts';
import { type PackagerEvent, type PackagerRequest, packagerRequest, packagerSetup } from './packager-messages.ts';
import { parseFileName } from './playlists.ts';

const tickMs = 100;

const setup = packagerSetup.parse(JSON.parse(process.argv[2] ?? ''));
const av = setup.useAv ? await loadAv() : null;
let feed: FeedConnection | null = null;

function emit(event: PackagerEvent): void {
  tellParent({ kind: 'event', event });
}

const packager = new Packager({
  ...setup,
  av,
  now: () => performance.timeOrigin + performance.now(),
  requestKeyframe: () => feed?.send({ kind: 'keyframe-request' }),
  onPcm: (atMs, samples) => emit({ type: 'pcm', atMs, samples }),
  onNotice: (notice) => emit({ type: 'notice', notice }),
});

/** One sender at a time: a restarted SFU worker takes over from the one that died. */
const listener = await listenFeed((connection) => {
  feed?.close();
  feed = connection;
  connection.onMessage((message) => {
    if (feed !== connection) return;
    try {
      packager.take(message);
    } catch (error) {
      emit({ type: 'trouble', detail: error instanceof Error ? error.message : String(error) });
    }
  });
  connection.onClose(() => {
    if (feed !== connection) return;
    feed = null;
    packager.endSession();
  });
});

const timer = setInterval(() => packager.tick(), tickMs);

async function handle(request: PackagerRequest): Promise<unknown> {
  switch (request.type) {
    case 'hls': {
      const file = parseFileName(request.file);
      if (file === null) return { status: 404, contentType: 'text/plain', maxAgeSeconds: 0, body: Buffer.alloc(0) };
      return packager.hls({ file, msn: request.msn, part: request.part });
    }
    case 'clip':
      return request.endingSecondsAgo === 0
        ? packager.clip(request.seconds)
        : packager.excerpt(request.seconds, request.endingSecondsAgo);
    case 'stills':
      return packager.stills;
    case 'stats': {
      const { user, system } = process.cpuUsage();
      const { audioCodecs, notice } = packager;
      return { audioCodecs, notice, cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() };
    }
    case 'tap':
      packager.tapped = request.on;
      return null;
    case 'finish':
      clearInterval(timer);
      listener.close();
      feed?.close();
      return packager.finish();
  }
}

serveParent(packagerRequest, handle);
tellParent({
  kind: 'ready',
  value: { feedAddress: listener.address, capabilities: describeCapabilities(av !== null) },
});
