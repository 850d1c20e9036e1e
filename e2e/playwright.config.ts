import { defineConfig } from '@playwright/test';

/** The browser that `npm test` found; in an editor, one that is installed. */
const executablePath = process.env.VIRGIL_CHROMIUM;

export default defineConfig({
  testDir: '.',
  testMatch: ['flows/**/*.spec.ts', 'clients/**/*.spec.ts'],
  outputDir: '../test-results',
  // Flows use several browsers and real media at once; two of them side by side would measure each other.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    actionTimeout: 10_000,
    trace: 'retain-on-failure',
    permissions: ['camera', 'microphone'],
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // The sandbox needs what containers and root do not have; the pages under test are our own.
      chromiumSandbox: false,
      args: [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        '--autoplay-policy=no-user-gesture-required',
        // Without this, loopback candidates are hidden behind names that need a working multicast DNS.
        '--disable-features=WebRtcHideLocalIpsWithMdns',
      ],
    },
  },
});
