import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from '../kit/fixtures.ts';
import { signInAdmin } from '../kit/people.ts';

const PASSWORD = 'four random words here';

/** What an authenticator app would show now (RFC 6238). */
function codeOf(secret: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(step).digest();
  const at = (digest[19] ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function signUpInGerman(page: Page, url: string): Promise<{ name: string; email: string }> {
  const unique = Math.random().toString(36).slice(2, 8);
  const person = { name: `Ute ${unique}`, email: `ute-${unique}@virgil.test` };
  await page.goto(`${url}/sign-up?to=%2Fsettings%2Faccount`);
  await page.getByLabel('Anzeigename').fill(person.name);
  await page.getByLabel('E-Mail-Adresse').fill(person.email);
  await page.getByLabel('Passwort', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Konto anlegen' }).click();
  await expect(page).toHaveURL(/settings\/account/);
  return person;
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Konto von/ }).click();
  await page.getByRole('menuitem', { name: 'Abmelden' }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: 'Anmelden' })).toBeVisible();
}

test('a person who signed up in German secures their account and signs in by each way', async ({ open, server }) => {
  test.setTimeout(120_000);
  const { page, context } = await open({ language: 'de' });
  // A passkey belongs to a domain name, and an address has none.
  const url = server.url.replace('127.0.0.1', 'localhost');
  const authenticator = await context.newCDPSession(page);
  await authenticator.send('WebAuthn.enable');
  await authenticator.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const { name, email } = await signUpInGerman(page, url);
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');

  await page.getByRole('button', { name: 'Passkey hinzufügen' }).click();
  await expect(page.getByText('Der Passkey ist hinzugefügt.').first()).toBeVisible();

  await page.getByRole('button', { name: 'Einschalten' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Jetziges Passwort').fill('not the password');
  await dialog.getByRole('button', { name: 'Weiter' }).click();
  await expect(dialog.getByRole('alert')).toContainText('nicht dein jetziges Passwort');
  await dialog.getByLabel('Jetziges Passwort').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Weiter' }).click();
  await expect(dialog.getByRole('img', { name: 'QR-Code' })).toBeVisible();
  const secret = ((await dialog.locator('.mono').first().textContent()) ?? '').replace(/\s/g, '');
  await dialog.getByLabel('Die sechs Ziffern').fill(codeOf(secret));
  await dialog.getByRole('button', { name: 'Bestätigen' }).click();
  const backup = (await dialog.getByRole('listitem').first().textContent()) ?? '';
  await dialog.getByRole('button', { name: 'Ich habe sie aufbewahrt' }).click();
  await expect(page.getByText('Der zweite Schritt ist an.').first()).toBeVisible();

  await signOut(page);
  await page.goto(`${url}/sign-in`);
  await page.getByRole('button', { name: 'Mit Passkey anmelden' }).click();
  await expect(page.getByRole('button', { name: `Konto von ${name}` })).toBeVisible();

  await signOut(page);
  await page.goto(`${url}/sign-in?to=%2Finbox`);
  await page.getByLabel('E-Mail-Adresse').fill(email);
  await page.getByLabel('Passwort', { exact: true }).fill('wrong wrong wrong');
  await page.getByRole('main').getByRole('button', { name: 'Anmelden', exact: true }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('gehören nicht zusammen');
  await expect(page.getByLabel('E-Mail-Adresse')).toHaveValue(email);
  await page.getByLabel('Passwort', { exact: true }).fill(PASSWORD);
  await page.getByRole('main').getByRole('button', { name: 'Anmelden', exact: true }).click();
  await page.getByRole('button', { name: 'Ersatzcode benutzen' }).click();
  await page.getByLabel('Ersatzcode').fill(backup);
  await page.getByRole('button', { name: 'Weiter' }).click();
  await expect(page).toHaveURL(/\/inbox$/);
});

test('an admin gives a tier and a password link; the person learns of both at once', async ({
  open,
  makePerson,
  server,
}) => {
  const person = await makePerson('Ben');
  const { page: theirs } = await open({ person });
  const { page: office } = await open({ person: await signInAdmin(server.url) });
  await theirs.goto('/inbox');
  await expect(theirs.getByRole('heading', { name: 'No notices yet.' })).toBeVisible();

  await office.goto('/admin/users');
  await office.getByLabel('Name or e-mail').fill(person.name);
  await office.getByLabel(`Tier of ${person.name}`).selectOption('pro');
  await expect(office.getByRole('alertdialog')).toContainText(`Give ${person.name} the tier Pro?`);
  await office.getByRole('button', { name: 'Give Pro' }).click();
  await expect(theirs.getByText('Your tier is now pro.')).toBeVisible();
  await expect(theirs.getByRole('link', { name: 'Inbox, 1 new' })).toBeVisible();
  await office.getByRole('button', { name: 'Undo' }).click();
  await expect(theirs.getByText('Your tier is now free.')).toBeVisible();

  // What is read on one page is read on the other, and a slip is taken back.
  const other = await theirs.context().newPage();
  await other.goto('/');
  await expect(other.getByRole('link', { name: 'Inbox, 2 new' })).toBeVisible();
  await theirs.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(other.getByRole('link', { name: 'Inbox', exact: true })).toBeVisible();
  await theirs.getByRole('button', { name: 'Undo' }).click();
  await expect(other.getByRole('link', { name: 'Inbox, 2 new' })).toBeVisible();
  await theirs.getByRole('button', { name: 'Mark as read' }).first().click();
  await theirs.getByRole('checkbox', { name: /Only new/ }).check();
  await expect(theirs.getByRole('article')).toHaveCount(1);
  await theirs.getByRole('checkbox', { name: /Only new/ }).uncheck();
  await theirs.getByRole('button', { name: 'Mark as new' }).click();
  await expect(other.getByRole('link', { name: 'Inbox, 2 new' })).toBeVisible();
  await theirs.getByRole('radio', { name: 'Money' }).click();
  await expect(theirs.getByRole('heading', { name: 'Nothing about this yet.' })).toBeVisible();
  await other.close();

  await office.getByRole('button', { name: `Password link ${person.name}` }).click();
  await office.getByRole('button', { name: 'Make the link' }).click();
  const address = (await office.getByText(/\/reset-password\?token=/).textContent()) ?? '';
  const { page: visitor } = await open();
  await visitor.goto(address);
  await visitor.getByLabel('New password').fill(PASSWORD);
  await visitor.getByRole('button', { name: 'Set the password' }).click();
  await expect(visitor).toHaveURL(/sign-in/);
  await visitor.goto(address);
  await visitor.getByLabel('New password').fill(`${PASSWORD} again`);
  await visitor.getByRole('button', { name: 'Set the password' }).click();
  await expect(visitor.getByRole('main').getByRole('alert')).toContainText('This link has expired or was used before.');

  await theirs.goto('/inbox');
  await expect(theirs.getByText('An admin issued a link')).toHaveCount(0);
  await expect(theirs.getByRole('heading', { name: 'Sign in to read your notices.' })).toBeVisible();
});

test('an owner names a moderator, takes it back, and both see it happen', async ({ open, makePerson }) => {
  const [owner, helper] = [await makePerson('Mira', 'pro'), await makePerson('Ferhat')];
  const { page: theirs } = await open({ person: helper });
  const { page } = await open({ person: owner });
  await theirs.goto('/inbox');
  await page.goto('/settings/channel');

  await page.getByRole('button', { name: 'Add a moderator' }).click();
  await page.getByRole('dialog').getByLabel('Search by name').fill(helper.name);
  await page.getByRole('dialog').getByRole('button', { name: helper.name }).click();
  await page.getByRole('button', { name: 'Make moderator' }).click();
  await expect(theirs.getByText(`You are now a moderator of ${owner.name}’s channel.`)).toBeVisible();

  await page.getByRole('button', { name: `Remove ${helper.name}` }).click();
  await expect(page.getByRole('alertdialog')).toContainText('then no longer sees held messages');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'Nobody moderates your channel yet.' })).toBeVisible();
  await expect(theirs.getByText(`You are no longer a moderator of ${owner.name}’s channel.`)).toBeVisible();
});

test('the keyboard reaches the content, the search and every page', async ({ open, makePerson }) => {
  const { page } = await open({ person: await makePerson('Kim') });
  await page.goto('/');
  await page.getByRole('main').waitFor();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused();
  await page.keyboard.type('zither');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/q=zither/);
  await page.keyboard.press('Escape');

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('settings');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/settings\/profile/);
  await expect(page.getByRole('main')).toBeFocused();
});
