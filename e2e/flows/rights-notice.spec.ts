import type { Page } from '@playwright/test';
import { expect, test as shared, type Window } from '../kit/fixtures.ts';
import { signInAdmin, type TestPerson } from '../kit/people.ts';
import { startServer } from '../kit/server.ts';
import { goLiveFromStudio } from '../kit/studio.ts';

/** A server of its own: the clock is moved by weeks, and it does not go back for the next flow. */
const test = shared.extend<Record<never, never>, { server: Awaited<ReturnType<typeof startServer>> }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

async function recordingOf(creator: TestPerson, { page }: Window): Promise<string> {
  const streamId = await goLiveFromStudio(page, 'Night shift');
  // A recording of a moment is not kept, and on a busy machine the first seconds come late.
  const received = async () => {
    const { body } = await creator.call<{ receivedSeconds: number }>('GET', `/api/v1/livestreams/${streamId}/health`);
    return body.receivedSeconds;
  };
  await expect.poll(received, { timeout: 40_000 }).toBeGreaterThan(6);
  expect((await creator.call('POST', `/api/v1/livestreams/${streamId}/end`)).status).toBe(200);
  let videoId = '';
  await expect
    .poll(
      async () => {
        const { body } = await creator.call<{ items: { id: string }[] }>(
          'GET',
          `/api/v1/videos?creatorId=${creator.id}`,
        );
        videoId = body.items[0]?.id ?? '';
        return videoId;
      },
      { timeout: 20_000 },
    )
    .not.toBe('');
  return videoId;
}

async function sendNotice(page: Page, videoId: string): Promise<void> {
  await page.goto('/dmca');
  await page.getByRole('button', { name: 'Send notice' }).click();
  await expect(page.getByRole('alert').last()).toContainText('9 things are missing');
  await expect(page.getByLabel('Address of the page')).toBeFocused();

  await page.getByLabel('Address of the page').fill(`${new URL(page.url()).origin}/videos/${videoId}`);
  await expect(page.getByText('Video “Night shift”')).toBeVisible();
  await page.getByLabel('The work', { exact: true }).fill('The song “Harbour Lights”, recorded in 2019.');
  await page.getByLabel('Full name', { exact: true }).fill('Rita Holder');
  await page.getByLabel('Postal address').fill('12 Harbour Street, Portland, OR 97201');
  await page.getByLabel('E-mail', { exact: true }).fill('rita@holder.example');
  await page.getByLabel(/I believe in good faith/).check();
  await page.getByLabel(/under penalty of perjury/).check();
  await page.getByRole('button', { name: 'Send notice' }).click();
  await expect(page.getByRole('alert').last()).toContainText('One thing is missing');
  await page.getByLabel('Your full name, typed').fill('Rita Holder');
  await page.getByRole('button', { name: 'Send notice' }).click();
  await page.getByRole('link', { name: 'Open the status page' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your notice waits for a decision.');
}

async function sendCounterNotice(page: Page): Promise<void> {
  await page.goto('/inbox');
  await expect(page.getByText('because of a notice of claimed infringement by Rita Holder')).toBeVisible();
  await expect(page.getByText('This is your first active strike.')).toBeVisible();
  await page.getByRole('link', { name: 'To the notice, and to answer it' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('“Night shift” was taken down.');
  await page.getByLabel('Full name', { exact: true }).fill('Mira Voss');
  await page.getByLabel('Postal address').fill('Gasse 1, 1010 Wien');
  await page.getByLabel('Telephone').fill('+43 1 5550100');
  await page.getByLabel('E-mail', { exact: true }).fill('mira@voss.example');
  for (const words of [/removed by mistake/, /jurisdiction/, /service of process/])
    await page.getByLabel(words).check();
  await page.getByLabel(/^Signature/).fill('Mira Voss');
  await page.getByRole('button', { name: 'Send counter-notice' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Send counter-notice' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('is with the claimant');
}

test('a stranger’s notice takes a video down; the creator answers, and it comes back with the strike lifted', async ({
  open,
  makePerson,
  server,
}) => {
  test.setTimeout(180_000);
  const creator = await makePerson('Mira', 'pro');
  const studio = await open({ person: creator });
  const videoId = await recordingOf(creator, studio);

  const claimant = await open();
  await sendNotice(claimant.page, videoId);

  const admin = await open({ person: await signInAdmin(server.url), viewport: { width: 1440, height: 900 } });
  await admin.page.goto('/admin/dmca');
  await admin.page.getByRole('link', { name: 'Night shift' }).click();
  await expect(admin.page.getByRole('region', { name: 'The elements of § 512(c)(3)(A)' })).toContainText('Rita Holder');
  await admin.page.getByLabel(/^The reason/).fill('The song is plain to hear from minute two on.');
  await admin.page.getByRole('button', { name: 'Approve' }).click();
  await admin.page.getByRole('alertdialog').getByRole('button', { name: 'Approve' }).click();
  await expect(admin.page.getByText('Taken down. The creator may still send a counter-notice.')).toBeVisible();

  const viewer = await open();
  await viewer.page.goto(`/videos/${videoId}`);
  await expect(viewer.page.getByRole('alert')).toContainText('This page is no longer here.');

  await sendCounterNotice(studio.page);
  await claimant.page.reload();
  await expect(claimant.page.getByRole('heading', { level: 1 })).toHaveText('The creator sent a counter-notice.');
  await expect(claimant.page.getByText('Gasse 1, 1010 Wien')).toBeVisible();

  // Ten business days are at least two weeks, and with the densest holidays less than three.
  const moved = await fetch(`${server.url}/api/test/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceMs: 21 * 86_400_000 }),
  });
  expect(moved.status).toBe(200);

  await claimant.page.reload();
  await expect(claimant.page.getByRole('heading', { level: 1 })).toHaveText('What was taken down is back.');
  await viewer.page.reload();
  await expect(viewer.page.getByRole('heading', { level: 1 })).toHaveText('Night shift');
  await studio.page.goto('/inbox');
  await expect(studio.page.getByText('“Night shift” is back where it was. The strike is lifted.')).toBeVisible();
  await admin.page.reload();
  await expect(admin.page.getByRole('region', { name: 'Everything so far' })).toContainText('Strike lifted');
});
