import { expect, test } from '../kit/fixtures.ts';
import { goLive } from '../kit/people.ts';

test('a viewer tips, and the creator sees it with name and words, live and among the earnings', async ({
  open,
  makePerson,
}) => {
  const mira = await makePerson('Mira', 'pro');
  const juno = await makePerson('Juno');
  const { livestream } = await goLive(mira, { title: 'Night shift' });
  const studio = await open({ person: mira });
  await studio.page.goto('/studio');
  const viewer = await open({ person: juno });
  await viewer.page.goto(`/watch/${livestream.id}`);

  // By keyboard alone, as far as the choice of the amount.
  await viewer.page.getByRole('button', { name: 'Tip', exact: true }).press('Enter');
  const dialog = viewer.page.getByRole('dialog');
  await expect(dialog).toContainText('test money');
  await dialog.getByRole('combobox', { name: 'Currency' }).selectOption('EUR');
  await dialog.getByRole('radio', { name: '€10' }).press(' ');
  await dialog.getByRole('textbox', { name: /^Message/ }).fill('For the next box of cables');
  await expect(dialog).toContainText('gets €9.00. The platform keeps €1.00.');
  await dialog.getByRole('button', { name: 'Tip €10.00' }).click();
  await expect(dialog).toContainText('Your tip of €10.00 has arrived.');
  await dialog.getByRole('button', { name: 'Done' }).press('Enter');

  for (const page of [viewer.page, studio.page]) {
    const line = page.getByRole('log').getByRole('listitem').filter({ hasText: 'For the next box of cables' });
    await expect(line).toContainText('€10.00');
  }
  await expect(studio.page.getByRole('log')).toContainText(juno.name);

  // Whoever comes later sees it too.
  const guest = await open({ language: 'de' });
  await guest.page.goto(`/watch/${livestream.id}`);
  await expect(guest.page.getByRole('log')).toContainText('gibt ein Trinkgeld');
  await expect(guest.page.getByRole('button', { name: 'Trinkgeld', exact: true })).toHaveCount(0);

  await studio.page.goto('/earnings');
  await expect(studio.page.getByRole('main')).toContainText('€9.00');
  await expect(studio.page.getByRole('main')).toContainText(juno.name);
  await viewer.page.goto('/settings/payments');
  await expect(viewer.page.getByRole('main')).toContainText(mira.name);
});

test('a declined tip says that nothing was charged, and a held message waits while the tip is shown', async ({
  open,
  makePerson,
}) => {
  const mira = await makePerson('Mira', 'pro');
  const { livestream } = await goLive(mira, { title: 'Night shift' });
  const guest = await open();
  await guest.page.goto(`/watch/${livestream.id}`);
  const viewer = await open({ person: await makePerson('Juno') });
  const { page } = viewer;
  await page.goto(`/watch/${livestream.id}`);

  await page.getByRole('button', { name: 'Tip', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Other' }).click();
  const own = dialog.getByRole('textbox', { name: 'Other amount' });
  await own.fill('0.50');
  await own.blur();
  await expect(own).toHaveAttribute('aria-invalid', 'true');
  // What the sandbox declines.
  await own.fill('13.02');
  await dialog.getByRole('button', { name: /^Tip \$13\.02/ }).click();
  await expect(dialog).toContainText('Nothing was charged.');
  await dialog.getByRole('button', { name: 'Try again' }).click();

  await dialog.getByRole('radio', { name: '$5' }).click();
  await dialog.getByRole('textbox', { name: /^Message/ }).fill('clown [[score=0.7 category=harassment]]');
  await dialog.getByRole('button', { name: 'Tip $5.00' }).click();
  await expect(dialog).toContainText('waits for a moderator');
  await dialog.getByRole('button', { name: 'Done' }).click();
  const line = guest.page.getByRole('log').getByRole('listitem').filter({ hasText: '$5.00' });
  await expect(line).toContainText('gives a tip');
  await expect(line).not.toContainText('clown');
  await expect(page.getByRole('log')).toContainText('clown');
});

test('a tip whose answer was lost is asked for again, and given once', async ({ open, makePerson }) => {
  const mira = await makePerson('Mira', 'pro');
  const { livestream } = await goLive(mira, { title: 'Night shift' });
  const { page } = await open({ person: await makePerson('Juno') });
  await page.goto(`/watch/${livestream.id}`);
  await page.getByRole('button', { name: 'Tip', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^Message/ }).fill('only once');
  // The server takes it; what it answers never arrives.
  await page.route('**/tips', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await dialog.getByRole('button', { name: 'Tip $5.00' }).click();
  await expect(dialog).toContainText('nothing is paid twice');
  await expect(dialog.getByRole('textbox', { name: /^Message/ })).toBeDisabled();
  await page.unroute('**/tips');
  await dialog.getByRole('button', { name: 'Ask again' }).click();
  await expect(dialog).toContainText('Your tip of $5.00 has arrived.');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('log').getByRole('listitem').filter({ hasText: 'only once' })).toHaveCount(1);
});

test('who may not go live yet buys a tier in the studio, with the draft kept, and goes live', async ({
  open,
  makePerson,
}) => {
  const { page } = await open({ person: await makePerson('Vito') });
  await page.goto('/studio');
  await page.getByRole('textbox', { name: 'Title' }).fill('My first evening');
  await expect(page.getByRole('main')).toContainText('Your draft is kept.');
  await expect(page.getByRole('button', { name: /^(Go live|Start without a camera)$/ })).toBeDisabled();
  await page.getByRole('button', { name: 'Choose Pro' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pay €9.00 a month' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('My first evening');
  await page.getByRole('button', { name: 'Start without a camera' }).click();
  await expect(page.getByRole('heading', { name: 'My first evening' })).toBeVisible();
});
