import { AxeBuilder } from '@axe-core/playwright';
import { expect, framesShown, test } from '../kit/fixtures.ts';
import { signInAdmin } from '../kit/people.ts';
import { goLiveFromStudio } from '../kit/studio.ts';

test('a reported stream ends, its maker gets the reasons and a strike, and whoever reported is told', async ({
  open,
  makePerson,
  server,
}) => {
  test.setTimeout(120_000);
  const admin = await signInAdmin(server.url);
  const vic = await makePerson('Vic', 'pro');
  const ben = await makePerson('Ben');
  const carla = await makePerson('Carla');
  const title = `Loud night ${vic.id.slice(-6)}`;
  const studio = await open({ person: vic });
  const streamId = await goLiveFromStudio(studio.page, title);
  const viewer = await open({ person: ben });
  await viewer.page.goto(`/watch/${streamId}`);
  await expect.poll(() => framesShown(viewer.page), { timeout: 15_000 }).toBeGreaterThan(5);

  // Two people report it; the second report of the first one counts as the first.
  const report = async (reason: string, words: string) => {
    await viewer.page.getByRole('button', { name: 'Report this stream' }).click();
    const dialog = viewer.page.getByRole('dialog', { name: 'Report this stream' });
    await dialog.getByRole('radio', { name: reason, exact: true }).check();
    await dialog.getByLabel('What should the admin know?').fill(words);
    await dialog.getByRole('button', { name: 'Send the report' }).click();
  };
  await report('Hate', 'From the first minute on.');
  await expect(viewer.page.getByText('Thank you. The report is with the admins.', { exact: true })).toBeVisible();
  await report('Sexual content', 'Again.');
  await expect(
    viewer.page.getByText('You had reported this before. It counts once, and is with the admins.', { exact: true }),
  ).toBeVisible();
  const body = { subject: { type: 'livestream', id: streamId }, reason: 'harassment' };
  expect((await carla.call('POST', '/api/v1/reports', body)).status).toBe(201);

  // By keys alone: into the list, to the report, and the decision with what follows from it.
  const office = await open({ person: admin });
  await office.page.goto(`/admin/reports?q=${encodeURIComponent(title)}`);
  await expect(office.page.getByRole('link', { name: new RegExp(title) })).toBeVisible();
  await office.page.keyboard.press('Enter');
  await expect(office.page.getByRole('heading', { level: 2, name: title })).toBeVisible();
  await expect(office.page.getByText('From the first minute on.')).toBeVisible();
  await expect(office.page.getByText('Picture hidden until you ask for it')).toBeVisible();
  const { violations } = await new AxeBuilder({ page: office.page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  await office.page.keyboard.press('a');
  const dialog = office.page.getByRole('alertdialog', { name: 'Approve this report?' });
  await expect(dialog.getByText('ends the livestream for everybody')).toBeVisible();
  await expect(dialog.getByText(`gives ${vic.name} strike 1 of 3`)).toBeVisible();
  await expect(dialog.getByText('tells all 2 who reported it')).toBeVisible();
  await dialog.getByRole('button', { name: 'Approve and remove' }).click();
  await expect(dialog.getByText('Give a reason first.')).toBeVisible();
  await dialog.getByLabel('The reason').fill('Hate against neighbours, from the first minute on.');
  await dialog.getByRole('button', { name: 'Approve and remove' }).click();
  await expect(office.page.getByText(`Approved. ${vic.name} was told.`, { exact: true })).toBeVisible();

  // It ends for everybody at once, and its recording is its maker's and the admins' alone.
  await expect(viewer.page.getByText('The stream has ended', { exact: true }).first()).toBeVisible();
  interface Ended {
    readonly isActive: boolean;
    readonly videoId: string | null;
  }
  const videoIdOf = async (who: typeof ben) =>
    (await who.call<Ended>('GET', `/api/v1/livestreams/${streamId}`)).body.videoId;
  await expect.poll(() => videoIdOf(vic), { timeout: 20_000 }).not.toBeNull();
  const videoId = await videoIdOf(vic);
  expect(await videoIdOf(ben)).toBeNull();
  expect((await ben.call('GET', `/api/v1/videos/${videoId}`)).status).toBe(404);

  // The author: one letter with the reasons and the strike, its page, and the video that says why.
  await studio.page.goto('/inbox');
  const letter = studio.page.getByRole('article').filter({ hasText: title });
  await expect(letter).toHaveCount(1);
  await expect(letter).toContainText('Reason: Hate against neighbours, from the first minute on.');
  await expect(letter).toContainText('If you want to appeal, open Appeals Center.');
  await expect(letter).toContainText('This is your first active strike.');
  await letter.getByRole('link', { name: 'Reasons and what you can do' }).click();
  await expect(studio.page.getByRole('heading', { level: 1, name: 'Your livestream was ended.' })).toBeVisible();
  await expect(studio.page.getByText('Somebody reported it.', { exact: true })).toBeVisible();
  await expect(studio.page.getByText('A person, not a program.', { exact: true })).toBeVisible();
  await expect(studio.page.getByRole('link', { name: 'Receipt from the public audit log' })).toBeVisible();
  await studio.page.goto(`/videos/${videoId}`);
  await expect(studio.page.getByRole('status').filter({ hasText: 'Removed by a decision' })).toContainText(
    'Hate against neighbours',
  );
  await expect(studio.page.getByRole('switch', { name: /Public/ })).toBeDisabled();

  // The reporters: told, without a name.
  await viewer.page.goto('/inbox');
  const outcome = viewer.page.getByRole('article').filter({ hasText: 'Thank you for reporting a livestream.' });
  await expect(outcome).toContainText('the livestream was ended and its recording is hidden');
  await expect(outcome).not.toContainText(vic.name);
  const told = await carla.call<{ items: { kind: string }[] }>('GET', '/api/v1/notifications');
  expect(told.body.items.map(({ kind }) => kind)).toContain('report_approved');

  // And everybody may count it.
  const guest = await open();
  await guest.page.goto('/transparency');
  await expect(guest.page.getByRole('heading', { level: 2, name: 'Restrictions' })).toBeVisible();
  await expect(guest.page.getByText('Livestream ended', { exact: true }).first()).toBeVisible();
});
