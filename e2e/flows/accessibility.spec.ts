import type { Page } from '@playwright/test';
import { PageInspector } from '../kit/accessibility.ts';
import { expect, framesShown, test } from '../kit/fixtures.ts';
import { goLive, signInAdmin } from '../kit/people.ts';
import { goLiveFromStudio, say } from '../kit/studio.ts';

const looks = [
  { language: 'en', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { language: 'de', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

test('no page has a serious accessibility finding, in either language, light or dark, on phone or desktop', async ({
  open,
  makePerson,
  server,
}) => {
  test.setTimeout(300_000);
  const creator = await makePerson('Mira', 'pro');
  const { livestream } = await goLive(creator, { title: 'Night shift' });
  const vera = await makePerson('Vera', 'premium');
  const closed = await goLive(vera, { title: 'Behind the veil', patronOnly: true });
  const admin = await signInAdmin(server.url);
  const reporter = await makePerson('Ben');
  const reportOn = (type: string, id: string) =>
    reporter.call<{ id: string }>('POST', '/api/v1/reports', { subject: { type, id }, reason: 'sexual' });
  const report = await reportOn('livestream', livestream.id);
  const { id } = (await reportOn('user', creator.id)).body;
  const decision = { decision: 'approved', reason: 'Shows what the rules forbid.' };
  const decided = await admin.call<{ statementId: string }>('POST', `/api/admin/reports/${id}/resolve`, decision);
  const other = await reportOn('user', vera.id);
  await admin.call('POST', `/api/admin/reports/${other.body.id}/resolve`, decision);
  const own = await vera.call<{ active: { kind: string; id: string }[] }>('GET', '/api/v1/penalties');
  const subject = { type: 'strike', id: own.body.active.find(({ kind }) => kind === 'strike')?.id };
  const appeal = await vera.call<{ id: string }>('POST', '/api/v1/appeals', { subject, reason: 'It was a joke.' });
  expect(appeal.status).toBe(201);
  const { body: tipped } = await reporter.call<{ status: string }>(
    'POST',
    `/api/v1/livestreams/${livestream.id}/tips`,
    {
      amount: 500,
      currency: 'USD',
      idempotencyKey: 'a-tip-of-this-flow',
      message: 'Thank you',
    },
  );
  expect(tipped.status).toBe('paid');
  await reporter.call('POST', '/api/v1/messages', { toUserId: creator.id, message: 'Good evening' });
  // No moderator of the platform can take it, so it waits for an admin.
  const grave = 'Good evening [[score=0.7 category=threat]]';
  await reporter.call('POST', '/api/v1/messages', { toUserId: creator.id, message: grave });
  const waiting = await admin.call<{ items: { id: string }[] }>('GET', '/api/admin/escalations');
  const [matter] = waiting.body.items;
  const pages = [
    '/',
    `/watch/${livestream.id}`,
    `/watch/${closed.livestream.id}`,
    `/c/${creator.id}`,
    '/studio',
    '/videos',
    '/inbox',
    '/following',
    '/settings/profile',
    '/settings/account',
    '/settings/channel',
    '/settings/subscriptions',
    '/earnings',
    '/settings/appearance',
    '/settings/data',
    '/settings/mail',
    '/settings/people',
    '/messages',
    '/moderation/queue',
    `/messages/${reporter.id}`,
    '/settings/payments',
    '/settings/account/appeals',
    '/nowhere',
  ];
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
      { path: '/unsubscribe?token=a-token-of-nobody', page: guest.page },
      { path: '/dmca', page: guest.page },
      { path: '/policies', page: guest.page },
      { path: '/policies/copyright', page: guest.page },
      { path: '/policies/community-rules/1', page: guest.page },
      { path: '/transparency', page: guest.page },
      { path: '/admin/escalations', page: office.page },
      { path: `/admin/escalations/${matter?.id}`, page: office.page },
      { path: '/admin/penalties', page: office.page },
      { path: '/admin/policies', page: office.page },
      { path: '/admin/policies/community-rules', page: office.page },
      { path: '/admin/reports', page: office.page },
      { path: `/admin/reports/${report.body.id}`, page: office.page },
      { path: '/admin/reports/muted', page: office.page },
      { path: '/admin/transparency', page: office.page },
      { path: `/statements/${decided.body.statementId}`, page: office.page },
      { path: '/admin/dmca', page: office.page },
      { path: '/admin/dmca/enter', page: office.page },
      { path: '/admin/dmca/settings', page: office.page },
      { path: '/admin/users', page: office.page },
      { path: `/admin/users/${creator.id}`, page: office.page },
      { path: '/admin/strikes', page: office.page },
      { path: '/admin/appeals', page: office.page },
      { path: `/admin/appeals/${appeal.body.id}`, page: office.page },
      { path: '/admin/appeals/rates', page: office.page },
      { path: '/admin/classification', page: office.page },
      { path: '/admin/audit', page: office.page },
      { path: '/admin/finance', page: office.page },
      { path: '/admin/data', page: office.page },
    ];
    // Each person goes through their pages; all of them at the same time, because most of it is waiting.
    const visitOn = async (page: Page) => {
      const inspector = new PageInspector(page);
      for (const { path } of visits.filter((visit) => visit.page === page)) {
        findings.push(...(await inspector.findingsAt(path, `${path} ${look.language}`)));
      }
    };
    await Promise.all([member, guest, office].map(({ page }) => visitOn(page)));
  }
  // The server is shared with other flows, and the admin with it.
  await admin.call('PATCH', '/api/v1/me', { language: 'en' });
  expect(findings).toEqual([]);
});

test('a running picture, the chat beside it and a held line have no serious finding either', async ({
  open,
  makePerson,
}) => {
  const creator = await makePerson('Zoe', 'pro');
  const studio = await open({ person: creator });
  const path = `/watch/${await goLiveFromStudio(studio.page, 'A picture and a chat')}`;
  await say(studio.page, 'good evening everyone');
  const viewer = await open({ person: await makePerson('Yuri') });
  await viewer.page.goto(path);
  await say(viewer.page, 'this one waits [[score=0.7 category=spam]]');
  await expect(studio.page.getByRole('log')).toContainText('this one waits');
  await viewer.context.close();
  const findings: string[] = [];
  for (const look of looks) {
    await creator.call('PATCH', '/api/v1/me', { language: look.language });
    const { page, context } = await open({ ...look, person: creator });
    await page.goto(path);
    await expect.poll(() => framesShown(page)).toBeGreaterThan(0);
    const inspector = new PageInspector(page);
    findings.push(...(await inspector.findingsHere(`${path} ${look.language}`)));
    // The same line as whoever decides on it sees it, with an act open.
    await page.goto('/moderation/queue');
    await page.getByRole('link', { name: 'this one waits' }).click();
    await expect(page.getByRole('blockquote')).toContainText('this one waits');
    await page.getByRole('button', { name: /^(Timeout|Auszeit)/ }).click();
    findings.push(...(await inspector.findingsHere(`/moderation/queue/… ${look.language}`)));
    await context.close();
  }
  expect(findings).toEqual([]);
});
