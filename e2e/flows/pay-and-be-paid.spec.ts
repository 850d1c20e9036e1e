/**
 * Money from end to end: the bank asks the viewer again (3-D Secure), the payment arrives and has a receipt, an admin
 * gives a part of it back, and when it has rested the creator is paid out.
 */
import { expect, test } from '../kit/fixtures.ts';
import { goLive, signInAdmin } from '../kit/people.ts';

const DAY_MS = 24 * 3_600_000;

test('a tip is approved at the bank, partly given back, and paid out', async ({ open, makePerson, server }) => {
  test.setTimeout(120_000);
  const mira = await makePerson('Mira', 'pro');
  const ben = await makePerson('Ben');
  const admin = await signInAdmin(server.url);
  const { livestream } = await goLive(mira);
  const tip = (amount: number, idempotencyKey: string) =>
    ben.call<{ checkoutUrl?: string }>('POST', `/api/v1/livestreams/${livestream.id}/tips`, {
      amount,
      currency: 'EUR',
      idempotencyKey,
    });

  // The amount makes the sandbox ask.
  const { body } = await tip(1_301, 'tip-the-bank-asks-about');
  const viewer = await open({ person: ben });
  await viewer.page.goto(body.checkoutUrl ?? '');
  await expect(viewer.page.getByText('Test money.', { exact: false })).toBeVisible();
  await viewer.page.getByRole('button', { name: 'Approve' }).click();
  await expect(viewer.page.getByRole('heading', { name: '€13.01 paid.' })).toBeVisible();
  await viewer.page.getByRole('link', { name: 'All payments' }).click();
  await expect(viewer.page.getByRole('link', { name: `Tip to ${mira.name}` })).toBeVisible();

  // One that is declined says so, and charges nothing.
  const declined = await tip(1_301, 'tip-the-bank-declines');
  await viewer.page.goto(declined.body.checkoutUrl ?? '');
  await viewer.page.getByRole('button', { name: 'Decline' }).click();
  await expect(viewer.page.getByRole('heading', { name: 'was not made' })).toBeVisible();
  // Going back to the bank's page decides nothing anew.
  await viewer.page.goto(declined.body.checkoutUrl ?? '');
  await expect(viewer.page.getByText('This payment was declined.')).toBeVisible();

  const desk = await open({ person: admin });
  await desk.page.goto('/admin/finance');
  await desk.page.getByRole('tab', { name: 'Payments' }).click();
  await desk.page.getByRole('searchbox', { name: 'Person, id or words' }).fill(ben.name);
  await desk.page.getByRole('button', { name: `Give back the payment of ${ben.name}` }).click();
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByLabel('Amount').fill('3.01');
  await expect(dialog.getByText(`${mira.name} gives back €2.71, the platform €0.30.`)).toBeVisible();
  await dialog.getByRole('button', { name: 'Give back €3.01' }).click();
  await expect(dialog.getByText('Give a reason.')).toBeVisible();
  await dialog.getByLabel('Reason').fill('Typed one digit too many');
  await dialog.getByRole('button', { name: 'Give back €3.01' }).click();
  await expect(dialog).toBeHidden();
  await expect(desk.page.getByText('€3.01 given back', { exact: false })).toBeVisible();

  await viewer.page.goto('/inbox');
  await expect(viewer.page.getByText('3.01 EUR (tip) is on its way back to you.')).toBeVisible();
  await viewer.page.getByRole('link', { name: 'To the payment' }).first().click();
  await expect(viewer.page.getByText('€3.01, given back', { exact: false })).toBeVisible();

  // 9.00 of the ten that were left, and 18.00 more.
  await tip(2_000, 'tip-without-questions');
  await mira.call('POST', '/api/test/clock', { advanceMs: 7 * DAY_MS });
  const creator = await open({ person: mira });
  await creator.page.goto('/earnings');
  await creator.page.getByRole('button', { name: 'Open an account for payouts' }).click();
  await creator.page.getByRole('button', { name: 'Pay out' }).click();
  const ask = creator.page.getByRole('dialog');
  await expect(ask.getByLabel('Amount')).toHaveValue('27');
  await ask.getByLabel('Amount').fill('20');
  await ask.getByRole('button', { name: 'Pay out €20.00' }).click();
  await expect(ask).toBeHidden();
  await expect(creator.page.getByText('Sent to your bank', { exact: true })).toBeVisible();
  // 7.00 are left, less than the smallest payout.
  await expect(creator.page.getByText('Less than the smallest payout is ready.')).toBeVisible();
});
