import { readFile } from 'node:fs/promises';
import { openCheckpoint, parseVerifier, verifyReceipt } from 'virgil-tlog';
import { expect, test } from '../kit/fixtures.ts';
import { signInAdmin } from '../kit/people.ts';

test('an admin finds a decision, this browser proves it, and its receipt holds anywhere', async ({
  open,
  makePerson,
  server,
}) => {
  const vico = await makePerson('Vico');
  const admin = await signInAdmin(server.url);
  await admin.call('POST', `/api/admin/users/${vico.id}/tier`, { tier: 'pro' });
  const { page } = await open({ person: admin, viewport: { width: 1440, height: 900 } });
  await page.goto(`/admin/audit?entityId=${vico.id}`);
  await page.getByLabel('Kind of entry').selectOption('USER_TIER_CHANGED');
  await page.getByRole('link', { name: /USER_TIER_CHANGED/ }).click();
  await expect(page.getByText('Proven in this browser.')).toBeVisible();
  await expect(page.getByText('Signature by this log')).toBeVisible();

  const downloaded = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Receipt' }).click();
  const receipt = await readFile(await (await downloaded).path(), 'utf8');
  const keys = (await (await fetch(`${server.url}/log/key`)).text()).trim().split('\n').map(parseVerifier);
  const log = { origin: keys[0]?.name ?? '', keys };
  expect(Buffer.from(verifyReceipt(receipt, log).entry).toString()).toContain('USER_TIER_CHANGED');
  expect(
    openCheckpoint(await (await fetch(`${server.url}/log/checkpoint`)).text(), log).checkpoint.size,
  ).toBeGreaterThan(1);

  // The person themselves has it from their inbox.
  const own = await open({ person: vico });
  await own.page.goto('/inbox');
  const taken = own.page.waitForEvent('download');
  await own.page.getByRole('link', { name: /^Proof that the decision/ }).click();
  expect(await readFile(await (await taken).path(), 'utf8')).toContain('c2sp.org/tlog-proof@v1');

  await page.getByRole('button', { name: 'Close the proof' }).click();
  await expect(page.getByRole('heading', { name: /^Entry/ })).toHaveCount(0);
});
