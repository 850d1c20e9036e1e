/**
 * `npm run bench latency [--joins 12] [--seconds 20]`: what a person in front of Chromium waits for. Time from posting a
 * WHEP offer to the first picture, and from glass to glass by WebRTC and by low-latency HLS, read from a clock in the
 * pixels.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { startVirgil } from './media/contestants.ts';
import { joinOnce, publishClock, watchClock } from './media/time-code.ts';

const goals = { firstFrameMs: 150, webrtcMs: 150, hlsMs: 1_500 };

const { values } = parseArgs({
  options: { joins: { type: 'string', default: '12' }, seconds: { type: 'string', default: '20' } },
});
const seconds = Number(values.seconds);
const executablePath = process.env.VIRGIL_CHROMIUM;

const server = await startVirgil('--hls');
const browsers: Browser[] = [];
try {
  // Two browsers, as with two people: one page drawing for both would wait for itself.
  const [studio, page] = [await openPage(), await openPage()];
  await studio.evaluate(publishClock, '/whip');
  console.log(`load ${loadavg()[0]?.toFixed(1)}`);

  const joins = [];
  // Not counted: the first one starts what the browser needs for WebRTC at all.
  await page.evaluate(joinOnce, '/whep');
  for (let join = 0; join < Number(values.joins); join += 1) {
    joins.push(await page.evaluate(joinOnce, '/whep'));
    // People do not come in step with one another: each join meets the publisher at another moment.
    await new Promise((resolve) => setTimeout(resolve, 700 + 90 * join));
  }

  const joined = [
    print(
      'connected after',
      joins.map((join) => join.connectedMs),
      null,
    ),
    print(
      'first frame after',
      joins.map((join) => join.firstFrameMs),
      goals.firstFrameMs,
    ),
  ];
  const webrtc = print(
    'glass to glass, WebRTC',
    await page.evaluate(watchClock, { url: '/whep', seconds }),
    goals.webrtcMs,
  );
  const hls = print(
    'glass to glass, LL-HLS',
    await page.evaluate(watchClock, { url: '/hls/index.m3u8', seconds }),
    goals.hlsMs,
  );
  if (![...joined, webrtc, hls].every(Boolean)) process.exitCode = 1;
} finally {
  for (const browser of browsers) await browser.close();
  await server.stop();
}

async function openPage(): Promise<Page> {
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    chromiumSandbox: false,
    args: ['--autoplay-policy=no-user-gesture-required', '--disable-features=WebRtcHideLocalIpsWithMdns'],
  });
  browsers.push(browser);
  const page = await browser.newPage();
  await page.goto(server.base);
  await page.addScriptTag({ url: '/hls.js' });
  return page;
}

/** False when the goal for p95 was missed. */
function print(what: string, unsorted: readonly number[], goal: number | null): boolean {
  const sorted = unsorted.toSorted((a, b) => a - b);
  const at = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
  const met = goal === null || at(0.95) <= goal;
  const verdict = goal === null ? '' : `, goal p95 ≤ ${goal}: ${met ? 'met' : 'MISSED'}`;
  const figures = `p50 ${at(0.5).toFixed(0)} p95 ${at(0.95).toFixed(0)} max ${at(1).toFixed(0)} ms`;
  console.log(`${what}: ${figures} (${sorted.length})${verdict}`);
  return met;
}
