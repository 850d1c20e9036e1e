import type { Page } from '@playwright/test';
import { expect, framesShown, test } from '../kit/fixtures.ts';
import { goLive } from '../kit/people.ts';
import { goLiveFromStudio, say } from '../kit/studio.ts';

const log = (page: Page) => page.getByRole('log');

test('the chat holds still under the pointer and says how much is new', async ({ open, makePerson }) => {
  const { livestream } = await goLive(await makePerson('Ines', 'pro'), { title: 'Small talk' });
  const writer = await makePerson('Jan');
  const { page } = await open({ person: await makePerson('Kim') });
  await page.goto(`/watch/${livestream.id}`);
  const socket = writer.socket();
  const write = (message: string) => {
    const sent = { streamId: livestream.id, message, clientId: message };
    return socket.timeout(5000).emitWithAck('chat-message', sent);
  };
  try {
    await socket.timeout(5000).emitWithAck('join-stream', { streamId: livestream.id });
    for (let n = 1; n <= 40; n++) expect(await write(`line ${n} of many`)).toMatchObject({ ok: true });
    await expect(page.getByText('line 40 of many')).toBeInViewport();
    await expect(page.getByText('line 1 of many')).not.toBeInViewport();

    await page.getByRole('region', { name: 'Chat, newest at the end' }).hover();
    await write('the first one missed');
    await expect(page.getByRole('button', { name: '1 new message', exact: true })).toBeVisible();
    await write('the second one missed');
    await write('the last one missed');
    const toEnd = page.getByRole('button', { name: '3 new messages' });
    await expect(toEnd).toBeVisible();
    await expect(page.getByText('the last one missed')).not.toBeInViewport();
    await toEnd.hover();
    await expect(toEnd).toBeVisible();
    await toEnd.click();
    await expect(page.getByText('the last one missed')).toBeInViewport();
    await expect(toEnd).toHaveCount(0);
    await write('followed again');
    await expect(page.getByText('followed again')).toBeInViewport();
  } finally {
    socket.disconnect();
  }
});

test('a held message waits: its author sees it as waiting and reads why, moderators see it, others do not', async ({
  open,
  makePerson,
}) => {
  const creator = await makePerson('Lena', 'pro');
  const { livestream } = await goLive(creator, { title: 'Questions' });
  const author = await open({ person: await makePerson('Moritz') });
  const other = await open({ person: await makePerson('Nele') });
  const owner = await open({ person: creator });
  for (const { page } of [author, other, owner]) await page.goto(`/watch/${livestream.id}`);

  await say(author.page, 'cheap watches [[score=0.7 category=spam]]');
  await expect(log(author.page)).toContainText('cheap watches');
  await expect(log(author.page)).toContainText('Waiting for a moderator. Until then only you see this message.');
  await expect(log(owner.page)).toContainText('Held for moderation. Only moderators and its author see it.');
  await say(author.page, 'and a plain question');
  await expect(log(other.page)).toContainText('and a plain question');
  await expect(log(other.page)).not.toContainText('cheap watches');
  await other.page.reload();
  await expect(log(other.page)).toContainText('and a plain question');
  await expect(log(other.page)).not.toContainText('cheap watches');

  await author.page
    .getByRole('link', { name: /^Inbox, 1 new/ })
    .first()
    .click();
  const notice = author.page.getByRole('article');
  await expect(notice).toHaveCount(1);
  await expect(notice).toContainText('Your message has been flagged for moderator review.');
  await notice.getByRole('button').click();
  await expect(author.page.getByRole('link', { name: 'Inbox', exact: true }).first()).toBeVisible();
});

test('a viewer reacts in every way and reports the stream; a guest can do neither', async ({ open, makePerson }) => {
  const { livestream } = await goLive(await makePerson('Olga', 'pro'), { title: 'Applause' });
  const { page } = await open({ person: await makePerson('Piet') });
  const guest = (await open()).page;
  for (const each of [page, guest]) await each.goto(`/watch/${livestream.id}`);

  for (const name of ['Heart', 'Fire', 'Applause', 'Mind blown', 'Laughing']) {
    const own = page.getByRole('group', { name: 'Reactions' }).getByRole('button', { name });
    await own.click();
    await expect(own).toHaveAttribute('aria-pressed', 'true');
    for (const each of [page, guest]) await expect(each.getByRole('button', { name })).toHaveText(`${name}1`);
  }
  await expect(guest.getByRole('button', { name: 'Fire' })).toHaveAttribute('aria-disabled', 'true');
  await expect(guest.getByRole('button', { name: 'Report this stream' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Report this stream' }).click();
  const dialog = page.getByRole('dialog', { name: 'Report this stream' });
  await expect(dialog).toContainText('Applause');
  await dialog.getByRole('button', { name: 'Send the report' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Pick a reason first.');
  await dialog.getByRole('radio', { name: 'Spam or fraud' }).check();
  await dialog.getByRole('textbox').fill('It sells things.');
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/v1/reports'));
  await dialog.getByRole('button', { name: 'Send the report' }).click();
  const answer = await answered;
  expect(answer.status()).toBe(201);
  expect(answer.request().postDataJSON()).toEqual({
    subject: { type: 'livestream', id: livestream.id },
    reason: 'spam',
    description: 'It sells things.',
  });
  await expect(page.getByText('Thank you. The report is with the admins.').first()).toBeVisible();
  await expect(dialog).toHaveCount(0);
});

test('keys and menu of the player: mute, pause, another way to watch and back', async ({ open, makePerson }) => {
  const studio = await open({ person: await makePerson('Quinn', 'pro') });
  const streamId = await goLiveFromStudio(studio.page, 'Loud and clear');
  const { page } = await open({ person: await makePerson('Rosa') });
  await page.goto(`/watch/${streamId}`);
  const video = page.locator('video');
  await expect.poll(() => framesShown(page)).toBeGreaterThan(5);
  const facts = () => video.evaluate(({ muted, paused }: HTMLVideoElement) => ({ muted, paused }));

  await test.step('keys', async () => {
    await page.keyboard.press('m');
    await expect.poll(facts).toEqual({ muted: true, paused: false });
    await expect(page.getByRole('button', { name: 'Volume 0 percent' })).toBeVisible();
    await page.keyboard.press('m');
    await expect.poll(facts).toEqual({ muted: false, paused: false });
    await page.keyboard.press('k');
    await expect.poll(facts).toEqual({ muted: false, paused: true });
    await page.keyboard.press('k');
    await expect.poll(facts).toEqual({ muted: false, paused: false });
    await page.getByRole('textbox', { name: /^Write to/ }).focus();
    await page.keyboard.type('mmk');
    await expect(page.getByRole('textbox', { name: /^Write to/ })).toHaveValue('mmk');
    expect(await facts()).toEqual({ muted: false, paused: false });
  });

  await test.step('the volume by keyboard', async () => {
    await page.getByRole('button', { name: 'Volume 100 percent' }).press('Enter');
    const slider = page.getByRole('slider', { name: 'Volume' });
    await slider.press('Home');
    await slider.press('ArrowRight');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Volume 5 percent' })).toBeVisible();
  });

  await test.step('HLS by choice, and back', async () => {
    const choose = async (name: string) => {
      await page.getByRole('button', { name: 'Quality and delay' }).click();
      await page.getByRole('menuitemradio', { name }).click();
      await expect(page.getByRole('menuitemradio', { name })).toBeChecked();
      await page.keyboard.press('Escape');
    };
    for (const [name, transport] of [
      ['Steadiest picture (HLS)', 'hls'],
      ['Automatic', 'webrtc'],
    ] as const) {
      await choose(name);
      await expect(page.locator(`video[data-transport="${transport}"][data-phase="playing"]`)).toBeVisible({
        timeout: 20_000,
      });
      const before = await framesShown(page);
      await expect.poll(() => framesShown(page)).toBeGreaterThan(before + 10);
    }
  });
});

test('the studio asks before it changes the stream key and before it ends the stream', async ({ open, makePerson }) => {
  const creator = await makePerson('Stan', 'pro');
  const { livestream } = await goLive(creator, { title: 'Not yet over' });
  const { page } = await open({ person: creator });
  await page.goto('/studio');
  const encoder = page.getByRole('region', { name: 'From OBS or another encoder' });
  const shownKey = encoder.locator('dt', { hasText: 'Stream key' }).locator('xpath=following-sibling::dd[1]');
  const question = page.getByRole('alertdialog');

  await encoder.getByRole('button', { name: 'Show the key' }).click();
  const first = (await shownKey.textContent()) ?? '';
  expect(first).toMatch(/^\S{16,}$/);
  await encoder.getByRole('button', { name: 'Reset' }).click();
  await expect(question).toContainText('The old key stops working at once.');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(shownKey).toHaveText(first);
  await encoder.getByRole('button', { name: 'Reset' }).click();
  await question.getByRole('button', { name: 'Reset' }).click();
  await expect(page.getByText('The stream key is new.').first()).toBeVisible();
  await expect(shownKey).not.toHaveText(first);
  await expect(shownKey).toHaveText(/^\S{16,}$/);

  const isActive = async () =>
    (await creator.call<{ isActive: boolean }>('GET', `/api/v1/livestreams/${livestream.id}`)).body.isActive;
  await page.getByRole('button', { name: 'End the stream' }).click();
  await expect(question).toContainText('The chat closes with the stream');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toHaveCount(0);
  expect(await isActive()).toBe(true);
  await page.getByRole('button', { name: 'End the stream' }).click();
  await question.getByRole('button', { name: 'End the stream' }).click();
  await expect(page.getByText('The stream has ended.').first()).toBeVisible();
  expect(await isActive()).toBe(false);
});
