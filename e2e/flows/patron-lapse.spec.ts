import { expect, framesShown, test } from '../kit/fixtures.ts';
import { goLive } from '../kit/people.ts';

const DAY = 24 * 3_600_000;
/** The sandbox declines this amount. */
const DECLINED = { amount: 1302, currency: 'EUR' };

test('a patron watches until the renewal is not paid: grace, lapse, and the stream closes', async ({
  open,
  makePerson,
  server,
}) => {
  test.setTimeout(120_000);
  const advance = async (advanceMs: number) => {
    const answer = await fetch(`${server.url}/api/test/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceMs }),
    });
    expect(answer.status).toBe(200);
  };
  const hana = await makePerson('Hana', 'premium');
  const leo = await makePerson('Leo');

  // The creator sets a price, and is told what it means.
  const creator = await open({ person: hana });
  await creator.page.goto('/settings/channel');
  await creator.page.getByRole('switch', { name: 'Viewers can become patrons' }).click();
  await creator.page.getByRole('textbox', { name: 'Price a month' }).fill('20');
  await expect(creator.page.getByRole('main')).toContainText('Of each payment €18.00 are yours.');
  await creator.page.getByRole('button', { name: 'Save the price' }).click();
  await creator.page.getByRole('alertdialog').getByRole('button', { name: 'Set the price' }).click();
  await expect(creator.page.getByRole('alertdialog')).toHaveCount(0);

  const { livestream } = await goLive(hana, { title: 'Ink studies', patronOnly: true, danteRealm: 'paradiso' });
  await creator.page.goto('/studio');
  await creator.page.getByRole('button', { name: 'Turn on camera and microphone' }).click();
  await creator.page.getByRole('button', { name: 'Send from this browser' }).click();

  // The viewer finds it locked, pays, and is in.
  const { page } = await open({ person: leo });
  await page.goto(`/watch/${livestream.id}`);
  await page.getByRole('button', { name: 'Become a patron, €20.00 a month' }).click();
  await expect(page.getByRole('dialog')).toContainText('then every month until you cancel');
  await page.getByRole('dialog').getByRole('button', { name: 'Pay €20.00 a month' }).click();
  await expect.poll(() => framesShown(page), { timeout: 20_000 }).toBeGreaterThan(10);

  // A month later the renewal fails; everything stays open for three days.
  const lower = await hana.call('PATCH', `/api/v1/channels/${hana.id}/settings`, { patronPrice: DECLINED });
  expect(lower.status).toBe(200);
  await expect
    .poll(async () => (await patronage(leo, hana.id)).mine?.next?.price.amount, { timeout: 10_000 })
    .toBe(DECLINED.amount);
  await advance(31 * DAY);
  await expect.poll(async () => (await patronage(leo, hana.id)).mine?.status).toBe('grace');
  const before = await framesShown(page);
  await expect.poll(() => framesShown(page), { timeout: 15_000 }).toBeGreaterThan(before + 10);
  const settings = await open({ person: leo });
  await settings.page.goto('/settings/subscriptions');
  await expect(settings.page.getByRole('main')).toContainText('The payment for this month has not arrived.');

  await advance(3 * DAY + 60_000);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('shows this stream to patrons', {
    timeout: 20_000,
  });
  await expect(page.locator('video')).toHaveCount(0);
  expect((await leo.call('GET', `/api/v1/livestreams/${livestream.id}`)).status).toBe(403);
  await settings.page.goto('/inbox');
  await expect(settings.page.getByRole('main')).toContainText('No payment came within three days.');

  // Whoever pays again is in again.
  const back = await hana.call('PATCH', `/api/v1/channels/${hana.id}/settings`, {
    patronPrice: { amount: 400, currency: 'EUR' },
  });
  expect(back.status).toBe(200);
  await page.reload();
  await page.getByRole('button', { name: 'Become a patron, €4.00 a month' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pay €4.00 a month' }).click();
  await expect.poll(() => framesShown(page), { timeout: 20_000 }).toBeGreaterThan(10);
});

interface Patronage {
  readonly mine: {
    readonly status: string;
    readonly next: { readonly price: { readonly amount: number } } | null;
  } | null;
}

async function patronage(
  who: { call<T>(method: string, path: string): Promise<{ body: T }> },
  channelId: string,
): Promise<Patronage> {
  return (await who.call<Patronage>('GET', `/api/v1/channels/${channelId}/patronage`)).body;
}
