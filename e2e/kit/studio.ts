/** Going live the way a creator does, through the studio page. */
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Turns the fake camera on, starts the stream and waits until its picture has arrived; answers the stream's id. */
export async function goLiveFromStudio(page: Page, title: string): Promise<string> {
  await page.goto('/studio');
  await page.getByRole('button', { name: 'Turn on camera and microphone' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.getByRole('button', { name: 'Go live', exact: true }).click();
  const desk = page.getByRole('region', { name: 'Your stream' });
  await expect(desk.getByRole('status').first()).toContainText(/^Live/, { timeout: 15_000 });
  const address = await desk.getByRole('link', { name: 'Watch page' }).getAttribute('href');
  const streamId = address?.split('/').at(-1);
  if (!streamId) throw new Error('the studio names no watch page');
  return streamId;
}

export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: /^Write to/ }).fill(text);
  await page.getByRole('textbox', { name: /^Write to/ }).press('Enter');
}
