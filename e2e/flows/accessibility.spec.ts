import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../kit/fixtures.ts';
import { goLive, signInAdmin } from '../kit/people.ts';

test('no page has a serious accessibility finding, in either language, light or dark, on phone or desktop', async ({
  open,
  makePerson,
  server,
}) => {
  test.setTimeout(180_000);
  const creator = await makePerson('Mira', 'pro');
  const { livestream } = await goLive(creator, { title: 'Night shift' });
  const admin = await signInAdmin(server.url);
  const pages = [
    '/',
    `/watch/${livestream.id}`,
    `/c/${creator.id}`,
    '/studio',
    '/videos',
    '/inbox',
    '/following',
    '/settings/profile',
    '/settings/account',
    '/settings/channel',
    '/settings/appearance',
    '/settings/account/appeals',
    '/nowhere',
  ];
  const looks = [
    { language: 'en', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
    { language: 'de', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  ] as const;
  const findings: string[] = [];
  for (const look of looks) {
    // A profile's language goes before the browser's.
    for (const person of [creator, admin]) await person.call('PATCH', '/api/v1/me', { language: look.language });
    const member = await open({ ...look, person: creator });
    const guest = await open(look);
    const office = await open({ ...look, person: admin });
    const visits = [
      ...pages.map((path) => ({ path, page: member.page })),
      { path: '/sign-in', page: guest.page },
      { path: '/sign-up', page: guest.page },
      { path: '/forgot-password', page: guest.page },
      { path: '/reset-password?token=a-token-that-is-long-enough', page: guest.page },
      { path: '/admin/users', page: office.page },
    ];
    for (const { path, page } of visits) {
      await page.goto(path);
      await page.getByRole('main').waitFor();
      await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined);
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const each of violations)
        if (each.impact === 'serious' || each.impact === 'critical')
          findings.push(
            `${path} ${look.language} ${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`,
          );
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (sideways > 0) findings.push(`${path} ${look.language} scrolls sideways by ${sideways} px`);
    }
  }
  // The server is shared with other flows, and the admin with it.
  await admin.call('PATCH', '/api/v1/me', { language: 'en' });
  expect(findings).toEqual([]);
});
