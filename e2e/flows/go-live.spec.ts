import { expect, framesShown, test } from '../kit/fixtures.ts';
import { goLiveFromStudio, say } from '../kit/studio.ts';

test('a creator goes live from a camera, two people watch by WebRTC and HLS, they chat, and it ends', async ({
  open,
  makePerson,
}) => {
  const a = await open({ person: await makePerson('Ana', 'pro') });
  const b = await open({ person: await makePerson('Ben') });
  const c = await open({ person: await makePerson('Cleo'), withoutWebRtc: true });

  const streamId = await goLiveFromStudio(a.page, 'Open table: who owns a recipe?');

  await test.step('B sees frames by WebRTC', async () => {
    await b.page.goto(`/watch/${streamId}`);
    await expect(b.page.locator('video[data-transport="webrtc"]')).toBeVisible();
    await expect.poll(() => framesShown(b.page)).toBeGreaterThan(10);
    const before = await framesShown(b.page);
    await expect.poll(() => framesShown(b.page)).toBeGreaterThan(before + 10);
    await expect(b.page.getByTestId('delay')).toHaveAttribute('data-transport', 'webrtc');
  });

  await test.step('C watches by HLS', async () => {
    await c.page.goto(`/watch/${streamId}`);
    await expect(c.page.locator('video[data-transport="hls"]')).toBeVisible();
    await expect.poll(() => framesShown(c.page), { timeout: 20_000 }).toBeGreaterThan(10);
    const before = await framesShown(c.page);
    await expect.poll(() => framesShown(c.page)).toBeGreaterThan(before + 10);
  });

  await test.step('everyone counts as a viewer once', async () => {
    await expect(b.page.getByTestId('viewer-count')).toHaveText(/^3 /);
  });

  await test.step('they chat', async () => {
    await say(b.page, 'hello from Ben');
    await say(c.page, 'und Grüße von Cleo');
    for (const window of [a, b, c]) {
      await expect(window.page.getByRole('log')).toContainText('hello from Ben');
      await expect(window.page.getByRole('log')).toContainText('und Grüße von Cleo');
    }
  });

  await test.step('markup and direction overrides are text', async () => {
    await say(c.page, '<img src=x onerror=alert(1)> \u202egnirts');
    await expect(b.page.getByRole('log')).toContainText('<img src=x onerror=alert(1)>');
    await expect(b.page.getByRole('log').locator('img')).toHaveCount(0);
  });

  await test.step('a reaction is counted for all', async () => {
    await b.page.getByRole('button', { name: /Fire/ }).click();
    await expect(c.page.getByRole('button', { name: /Fire/ })).toContainText('1');
  });

  await test.step('B reloads and finds the history', async () => {
    await b.page.reload();
    await expect(b.page.getByRole('log')).toContainText('hello from Ben');
    await expect.poll(() => framesShown(b.page)).toBeGreaterThan(10);
  });

  await test.step('A ends the stream', async () => {
    await a.page.getByRole('button', { name: 'End the stream' }).click();
    await a.page.getByRole('alertdialog').getByRole('button', { name: 'End the stream' }).click();
    await expect(b.page.getByText('The stream has ended', { exact: true }).first()).toBeVisible();
    await expect(c.page.getByText('The stream has ended', { exact: true }).first()).toBeVisible();
  });
});
