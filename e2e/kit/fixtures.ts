/** What every flow starts from: one running server for the whole run, and people in browser windows of their own. */
import { type BrowserContext, test as base, type Page } from '@playwright/test';
import { signUp, type TestPerson } from './people.ts';
import { type RunningServer, startServer } from './server.ts';

export interface Window {
  readonly person: TestPerson | null;
  readonly context: BrowserContext;
  readonly page: Page;
}

export interface OpenOptions {
  readonly person?: TestPerson;
  readonly language?: 'en' | 'de';
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { width: number; height: number };
  /** A browser without WebRTC, as behind some firewalls: only HLS is left. */
  readonly withoutWebRtc?: boolean;
}

interface Fixtures {
  /** A new browser window, signed in as the person or as a guest. */
  open(options?: OpenOptions): Promise<Window>;
  makePerson(name: string, tier?: 'pro' | 'premium'): Promise<TestPerson>;
}

export const test = base.extend<Fixtures, { server: RunningServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  makePerson: async ({ server }, use) => use((name, tier) => signUp(server.url, name, tier)),
  open: async ({ browser, server }, use) => {
    const windows: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({
        baseURL: server.url,
        locale: options.language === 'de' ? 'de-DE' : 'en-GB',
        colorScheme: options.colorScheme ?? 'dark',
        viewport: options.viewport ?? { width: 1280, height: 800 },
        permissions: ['camera', 'microphone'],
      });
      windows.push(context);
      if (options.person) await context.addCookies(cookiesOf(options.person.cookie, server.url));
      if (options.withoutWebRtc)
        await context.addInitScript(() => {
          Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
        });
      return { person: options.person ?? null, context, page: await context.newPage() };
    });
    for (const context of windows) await context.close();
  },
});

export { expect } from '@playwright/test';

function cookiesOf(header: string, url: string): { name: string; value: string; url: string }[] {
  return header.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
}

/** Frames the page's video has shown so far. */
export function framesShown(page: Page): Promise<number> {
  return page.evaluate(() => document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0);
}
