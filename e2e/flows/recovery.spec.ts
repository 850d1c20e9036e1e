import { expect, framesShown, test } from '../kit/fixtures.ts';
import { childrenOf, endNow } from '../kit/processes.ts';
import { goLiveFromStudio } from '../kit/studio.ts';

test('the media worker dies: studio and viewer come back by themselves', async ({ open, makePerson, server }) => {
  const studio = await open({ person: await makePerson('Rhea', 'pro') });
  const viewer = await open({ person: await makePerson('Tom') });
  const streamId = await goLiveFromStudio(studio.page, 'Steady hands');
  const { page } = viewer;
  await page.goto(`/watch/${streamId}`);
  await expect(page.locator('video[data-transport="webrtc"]')).toBeVisible();
  await expect.poll(() => framesShown(page)).toBeGreaterThan(10);
  const answeredOffers = { studio: 0, viewer: 0 };
  studio.page.on('response', (response) => {
    if (response.url().includes('/whip/') && response.status() === 201) answeredOffers.studio++;
  });
  page.on('response', (response) => {
    if (response.url().includes('/whep/') && response.status() === 201) answeredOffers.viewer++;
  });

  const workers = await childrenOf(server.pid, 'sfu/worker.ts');
  expect(workers).toHaveLength(1);
  for (const pid of workers) endNow(pid);

  await expect.poll(() => answeredOffers.studio, { timeout: 20_000 }).toBeGreaterThan(0);
  await expect.poll(() => answeredOffers.viewer, { timeout: 20_000 }).toBeGreaterThan(0);
  await expect(page.locator('video[data-transport="webrtc"][data-phase="playing"]')).toBeVisible({ timeout: 20_000 });
  const before = await framesShown(page);
  await expect.poll(() => framesShown(page)).toBeGreaterThan(before + 20);
  await expect(studio.page.getByRole('region', { name: 'Your stream' }).getByRole('status').first()).toContainText(
    /^Live/,
  );
  expect(await childrenOf(server.pid, 'sfu/worker.ts')).not.toEqual(workers);
});

test('WebRTC that connects to nothing gives way to HLS by itself', async ({ open, makePerson }) => {
  const studio = await open({ person: await makePerson('Nils', 'pro') });
  const streamId = await goLiveFromStudio(studio.page, 'Behind a firewall');
  const { page } = await open();
  let offers = 0;
  // As behind a firewall that lets no UDP through: the answer is good, and its address leads nowhere.
  await page.route('**/whep/*', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    offers++;
    const response = await route.fetch();
    const body = (await response.text()).replace(/^(a=candidate:(?:\S+ ){5})\d+/gm, '$19');
    await route.fulfill({ response, body });
  });
  await page.goto(`/watch/${streamId}`);
  await expect(page.locator('video[data-transport="hls"]')).toBeVisible({ timeout: 30_000 });
  expect(offers).toBeGreaterThan(1);
  await expect.poll(() => framesShown(page), { timeout: 20_000 }).toBeGreaterThan(10);
  const before = await framesShown(page);
  await expect.poll(() => framesShown(page)).toBeGreaterThan(before + 10);
  await expect(page.locator('video[data-phase="playing"]')).toBeVisible();
});
