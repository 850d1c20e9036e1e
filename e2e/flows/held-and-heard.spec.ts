import { expect, test } from '../kit/fixtures.ts';
import { goLive, signInAdmin } from '../kit/people.ts';

/** A picture of one pixel. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('somebody is held, timed out, heard and writes again: author, moderator and admin, each in a browser', async ({
  open,
  makePerson,
  server,
}) => {
  test.setTimeout(120_000);
  const mira = await makePerson('Mira', 'pro');
  const [vic, mo, ben] = await Promise.all([makePerson('Vic'), makePerson('Mo'), makePerson('Ben')]);
  const admin = await signInAdmin(server.url);
  const { livestream } = await goLive(mira, { title: 'Nachtschicht' });
  expect((await mira.call('PUT', `/api/v1/channels/${mira.id}/moderators/${mo.id}`)).status).toBe(200);
  const words = 'whoever complains about the hi-hat again flies out';

  // Vic writes, and alone sees what he wrote.
  const author = await open({ person: vic });
  await author.page.goto(`/watch/${livestream.id}`);
  const viewer = await open({ person: ben });
  await viewer.page.goto(`/watch/${livestream.id}`);
  const box = author.page.getByRole('textbox', { name: /^Write to Mira/ });
  await expect(viewer.page.getByRole('textbox', { name: /^Write to Mira/ })).toBeVisible();
  await box.fill(`${words} [[score=0.72 category=harassment]]`);
  await box.press('Enter');
  const own = author.page.getByRole('listitem').filter({ hasText: words });
  await expect(own.getByText('Waiting for a moderator. Until then only you see this message.')).toBeVisible();
  await author.page.reload();
  await expect(own.getByText('Waiting for a moderator. Until then only you see this message.')).toBeVisible();
  await expect(viewer.page.getByText(words)).toHaveCount(0);

  // Mo finds it in the queue, takes it and times Vic out, by keys alone.
  const desk = await open({ person: mo });
  await desk.page.goto('/');
  await desk.page.getByRole('link', { name: 'Review queue' }).first().click();
  await desk.page.getByRole('link', { name: new RegExp(words) }).click();
  await expect(desk.page.getByText('Yours for')).toBeVisible();
  await desk.page.keyboard.press('t');
  const letter = desk.page.getByText('You have been timed out for 10 minutes. Reason:');
  await expect(letter).toBeVisible();
  await desk.page.keyboard.press('Enter');
  await expect(desk.page.getByText(/is timed out for 10 min\./)).toBeVisible();

  // The rest ticks where Vic wanted to write. Ten seconds later nothing can be taken back, and he is told.
  const countdown = author.page.getByText(/You cannot write in Mira .*'s chat until/);
  await expect(countdown).toBeVisible();
  await expect(box).toBeDisabled();
  await mira.call('POST', '/api/test/clock', { advanceMs: 10_000 });
  await author.page.getByRole('link', { name: 'Appeals Center' }).click();
  await expect(
    author.page.getByRole('heading', { level: 2, name: /You cannot write in Mira .*’s chat/ }),
  ).toBeVisible();
  await author.page.getByRole('button', { name: 'Appeal Decision' }).click();
  const plea = 'We have teased each other like this for years, Mira included.';
  await author.page.getByRole('textbox', { name: 'Your side' }).fill(plea);
  await author.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'proof.png', mimeType: 'image/png', buffer: Buffer.from(DOT, 'base64') });
  await expect(author.page.getByRole('img', { name: 'The screenshot you chose' })).toBeVisible();
  await author.page.getByRole('button', { name: 'Send appeal' }).click();
  await expect(author.page.getByText('Under review').first()).toBeVisible();

  // An admin weighs it and accepts.
  const office = await open({ person: admin });
  await office.page.goto('/admin/appeals');
  await office.page.getByRole('link', { name: new RegExp(vic.name) }).click();
  await expect(office.page.getByText(plea)).toBeVisible();
  await expect(office.page.getByText(words).first()).toBeVisible();
  const proof = office.page.getByRole('img', { name: /The screenshot of/ });
  await expect.poll(() => proof.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);

  // She asks, and hears the answer at once.
  await office.page.getByRole('button', { name: /Ask something/ }).click();
  await office.page.getByRole('textbox', { name: /Your question/ }).fill('Does Mira see it so?');
  await office.page.getByRole('button', { name: 'Send' }).click();
  await expect(author.page.getByText('Does Mira see it so?')).toBeVisible();
  await author.page.getByRole('textbox', { name: 'Your answer' }).fill('She does.');
  await author.page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(office.page.getByText('She does.')).toBeVisible();
  await office.page.getByRole('textbox', { name: new RegExp(vic.name) }).fill('Teasing among friends.');
  await office.page.getByRole('button', { name: 'Accept' }).click();
  await office.page.getByRole('alertdialog').getByRole('button', { name: 'Accept' }).click();
  await expect(office.page.getByText(/accepted/i).first()).toBeVisible();

  // Vic hears of it, what he wrote stands where it stood, and he writes again.
  await author.page.getByRole('link', { name: /Inbox/ }).first().click();
  await expect(author.page.getByText('Your appeal was reviewed and accepted.').first()).toBeVisible();
  await expect(author.page.getByText('You have been timed out for 10 minutes.').first()).toBeVisible();
  await expect(viewer.page.getByText(words)).toBeVisible();
  await author.page.goto(`/watch/${livestream.id}`);
  await box.fill('Thank you all the same.');
  await box.press('Enter');
  await expect(viewer.page.getByText('Thank you all the same.')).toBeVisible();
});
