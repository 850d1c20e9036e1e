import { expect, framesShown, test } from '../kit/fixtures.ts';
import { signInAdmin, type TestPerson } from '../kit/people.ts';
import { goLiveFromStudio } from '../kit/studio.ts';

/** A report on a person that an admin approves: one strike. */
async function strike(admin: TestPerson, reporter: TestPerson, userId: string, reason: string): Promise<void> {
  const body = { subject: { type: 'user', id: userId }, reason: 'harassment' };
  const report = await reporter.call<{ id: string }>('POST', '/api/v1/reports', body);
  expect(report.status).toBe(201);
  const decision = { decision: 'approved', reason };
  expect((await admin.call('POST', `/api/admin/reports/${report.body.id}/resolve`, decision)).status).toBe(200);
}

test('a third strike closes an account at once; whoever signs in again reaches appeals alone, and is heard', async ({
  open,
  makePerson,
  server,
}) => {
  test.setTimeout(120_000);
  const admin = await signInAdmin(server.url);
  const vic = await makePerson('Vic', 'pro');
  const reporter = await makePerson('Rita');
  const studio = await open({ person: vic });
  const streamId = await goLiveFromStudio(studio.page, 'Loud night');
  const viewer = await open();
  await viewer.page.goto(`/watch/${streamId}`);
  await expect.poll(() => framesShown(viewer.page), { timeout: 15_000 }).toBeGreaterThan(5);

  await strike(admin, reporter, vic.id, 'Insults in the first hour.');
  await strike(admin, reporter, vic.id, 'Insults in the second hour.');
  await expect(studio.page.getByRole('region', { name: 'Your stream' })).toBeVisible();
  await strike(admin, reporter, vic.id, 'Insults in the third hour.');

  // The page that was open, and the stream, end by themselves.
  await expect(studio.page).toHaveURL(/settings\/account\/appeals/);
  await expect(
    studio.page.getByRole('heading', { level: 2 }).filter({ hasText: 'Your account is closed' }),
  ).toBeVisible();
  await expect
    .poll(
      async () => (await reporter.call<{ isActive: boolean }>('GET', `/api/v1/livestreams/${streamId}`)).body.isActive,
    )
    .toBe(false);
  await expect(viewer.page.getByText(/ended/i).first()).toBeVisible();
  await studio.context.close();

  // Signing in again works, and leads to what is open: appeals, inbox, a copy of the data.
  const { page } = await open();
  const unique = vic.name.split(' ').at(-1) ?? '';
  await page.goto('/sign-in?to=%2Fstudio');
  await page.getByLabel('E-mail').fill(`${unique}@virgil.test`);
  await page.getByLabel('Password', { exact: true }).fill(`password-of-${unique}`);
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/settings\/account\/appeals/);
  await expect(
    page.getByRole('status').filter({ hasText: 'Your account is closed. Open to you are appeals' }),
  ).toBeVisible();
  await page.goto('/studio');
  await expect(page).toHaveURL(/settings\/account\/appeals/);
  const around = page.getByRole('navigation', { name: 'What is open to you' });
  await around.getByRole('link', { name: 'Inbox' }).click();
  await expect(page.getByText('Three strikes are active at the same time').first()).toBeVisible();
  await around.getByRole('link', { name: 'Your data' }).click();
  await expect(page).toHaveURL(/settings\/data/);
  await around.getByRole('link', { name: 'Appeals' }).click();

  const words = 'Two of the three were quotations from the film we watched together.';
  await page.getByRole('textbox', { name: 'Your side' }).fill('Unfair.');
  await page.getByRole('button', { name: 'Send appeal' }).click();
  await expect(page.getByRole('textbox', { name: 'Your side' })).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('textbox', { name: 'Your side' }).fill(words);
  await page.getByRole('button', { name: 'Send appeal' }).click();
  await expect(page.getByText('Under review').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send appeal' })).toHaveCount(0);

  const office = await open({ person: admin });
  await office.page.goto(`/admin/strikes?q=${encodeURIComponent(vic.name)}`);
  await expect(office.page.getByText('Closed by three strikes')).toBeVisible();
  await office.page.goto(`/admin/appeals?q=${encodeURIComponent(vic.name)}`);
  const desk = office.page;
  await desk.getByRole('link', { name: new RegExp(vic.name) }).click();
  await expect(desk.getByText(words).last()).toBeVisible();
  await desk.getByRole('button', { name: 'Accept appeal' }).click();
  const answer = desk.getByRole('textbox', { name: new RegExp(vic.name) });
  await expect(answer).toHaveAttribute('aria-invalid', 'true');
  await answer.fill('We watched it again. You are right about two of them.');
  await desk.getByRole('button', { name: 'Accept appeal' }).click();
  await desk.getByRole('alertdialog').getByRole('button', { name: 'Accept appeal' }).click();
  await expect(desk.getByText(/accepted/i).first()).toBeVisible();

  // The open page hears of it, and everything is open again.
  await expect(page.getByRole('navigation', { name: 'What is open to you' })).toHaveCount(0, { timeout: 15_000 });
  await page.goto('/studio');
  await expect(page.getByRole('button', { name: 'Turn on camera and microphone' })).toBeVisible();
  await page.goto('/inbox');
  await expect(page.getByText('Your appeal was reviewed and accepted').first()).toBeVisible();

  // The office sees all of it in one place.
  await office.page.goto(`/admin/users/${vic.id}`);
  await expect(office.page.getByRole('list', { name: 'History' })).toContainText('Appeal decided');
});
