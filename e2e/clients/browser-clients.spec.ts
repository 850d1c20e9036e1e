import { expect, framesShown, test } from '../kit/fixtures.ts';
import { goLive } from '../kit/people.ts';
import { serveForeignSite } from './foreign-site.ts';

test('Eyevinn’s WHIP client publishes from another site, and a stock hls.js plays it from a third', async ({
  open,
  makePerson,
}) => {
  const creator = await makePerson('Ona', 'pro');
  const { livestream, ingest, playback } = await goLive(creator, { title: 'From elsewhere' });
  const publisherSite = await serveForeignSite('site-whip.ts');
  const playerSite = await serveForeignSite('site-hls.ts');
  try {
    const publisher = await open();
    const query = new URLSearchParams({ endpoint: ingest.whipUrl, key: ingest.streamKey });
    await publisher.page.goto(`${publisherSite.url}?${query}`);
    await expect(publisher.page).toHaveTitle('publishing');

    const viewer = await open();
    await viewer.page.goto(`/watch/${livestream.id}`);
    await expect.poll(() => framesShown(viewer.page)).toBeGreaterThan(10);

    const player = await open();
    await player.page.goto(`${playerSite.url}?${new URLSearchParams({ playlist: playback.hlsUrl })}`);
    await expect.poll(() => framesShown(player.page), { timeout: 20_000 }).toBeGreaterThan(30);
    const fatal = await player.page.evaluate(() =>
      (globalThis as unknown as { errors: string[] }).errors.filter((error) => error.startsWith('fatal')),
    );
    expect(fatal).toEqual([]);

    await publisher.page.evaluate(() =>
      (globalThis as unknown as { whip: { destroy(): Promise<void> } }).whip.destroy(),
    );
    await expect(viewer.page.getByText('The picture stopped')).toBeVisible({ timeout: 20_000 });
  } finally {
    await publisherSite.close();
    await playerSite.close();
  }
});
