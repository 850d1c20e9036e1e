import { expect, test } from '../kit/fixtures.ts';

test('a newcomer makes an account, learns why they cannot go live yet, and keeps the draft', async ({ open }) => {
  const { page } = await open();
  await page.goto('/');
  await expect(page.getByRole('banner')).toBeVisible();

  await page.goto('/sign-up');
  const unique = Math.random().toString(36).slice(2, 8);
  await page.getByRole('textbox', { name: /name/i }).first().fill(`Nora ${unique}`);
  await page.getByRole('textbox', { name: /e-mail/i }).fill(`nora-${unique}@virgil.test`);
  await page
    .getByLabel(/^password/i)
    .first()
    .fill('a long enough password');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await expect(page).not.toHaveURL(/sign-up/);

  await page.goto('/studio');
  await page.getByRole('textbox', { name: 'Title' }).fill('My first stream');
  await expect(page.getByRole('heading', { name: 'Going live needs Pro or Premium.' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('My first stream');
});

test('an unknown address says so and offers the way back', async ({ open }) => {
  const { page } = await open({ language: 'de' });
  await page.goto('/nirgendwo');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: /Virgil/ }).first()).toBeVisible();
});
