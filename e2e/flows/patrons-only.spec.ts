import { expect, framesShown, test } from '../kit/fixtures.ts';
import { goLive } from '../kit/people.ts';

test('a patron-only stream is locked for others and opens for a patron', async ({ open, makePerson, server }) => {
  const creator = await makePerson('Hana', 'premium');
  const viewer = await makePerson('Leo');
  const { livestream } = await goLive(creator, { title: 'Ink studies', patronOnly: true, danteRealm: 'paradiso' });

  const { page } = await open({ person: viewer });
  await page.goto(`/watch/${livestream.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('shows this stream to patrons');
  await expect(page.locator('video')).toHaveCount(0);

  for (const path of [`/api/v1/livestreams/${livestream.id}`, `/api/v1/livestreams/${livestream.id}/chat`]) {
    expect((await viewer.call('GET', path)).status).toBe(403);
  }
  expect((await fetch(`${server.url}/hls/${livestream.id}/index.m3u8`)).status).toBe(403);

  const granted = await creator.call('PUT', `/api/v1/channels/${creator.id}/patrons/${viewer.id}`);
  expect(granted.status).toBe(200);

  const studio = await open({ person: creator });
  await studio.page.goto('/studio');
  await studio.page.getByRole('button', { name: 'Turn on camera and microphone' }).click();
  await studio.page.getByRole('button', { name: 'Send from this browser' }).click();

  await page.reload();
  await expect.poll(() => framesShown(page), { timeout: 15_000 }).toBeGreaterThan(10);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ink studies');
});
