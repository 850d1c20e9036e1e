/** Every page and where it lives. A page is a chunk of its own, fetched when a link to it is hovered or focused. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { auditSearch } from '../features/admin/audit/audit-search.ts';
import { queueSearch } from '../features/review-queue/queue-search.ts';
import { CrashPage } from './crash-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import {
  homeSearch,
  materialSearch,
  noticesSearch,
  returnSearch,
  searchOnly,
  setupSearch,
  tokenSearch,
} from './search-params.ts';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });
const getParentRoute = () => root;

/** One page for the queue and the item that is open, so that what was just decided can be taken back on either. */
const queue = createRoute({
  getParentRoute,
  path: '/moderation/queue',
  validateSearch: queueSearch,
  component: lazyRouteComponent(() => import('../features/review-queue/queue-page.tsx'), 'QueuePage'),
});

const queueItem = createRoute({ getParentRoute: () => queue, path: '$itemId' });
const queueWithItems = queue.addChildren([queueItem]);

const routes = [
  createRoute({
    getParentRoute,
    path: '/',
    validateSearch: homeSearch,
    component: lazyRouteComponent(() => import('../features/home/home-page.tsx'), 'HomePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/watch/$streamId',
    component: lazyRouteComponent(() => import('../features/watch/watch-page.tsx'), 'WatchPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/studio',
    component: lazyRouteComponent(() => import('../features/studio/studio-page.tsx'), 'StudioPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/earnings',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/earnings/earnings-page.tsx'), 'EarningsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/messages',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/messages/messages-page.tsx'), 'MessagesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/messages/$userId',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/messages/messages-page.tsx'), 'MessagesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/finance',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/admin/finance/finance-page.tsx'), 'FinancePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => import('../features/admin/audit/audit-page.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/c/$channelId',
    component: lazyRouteComponent(() => import('../features/channel/channel-page.tsx'), 'ChannelPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/following',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/following/following-page.tsx'), 'FollowingPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/videos',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/videos/videos-page.tsx'), 'VideosPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/videos/$videoId',
    component: lazyRouteComponent(() => import('../features/videos/video-page.tsx'), 'VideoPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/inbox',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/inbox/inbox-page.tsx'), 'InboxPage'),
  }),
  queueWithItems,
  createRoute({
    getParentRoute,
    path: '/sign-in',
    validateSearch: returnSearch,
    component: lazyRouteComponent(() => import('../features/sign-in/sign-in-page.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/sign-up',
    validateSearch: returnSearch,
    component: lazyRouteComponent(() => import('../features/sign-in/sign-up-page.tsx'), 'SignUpPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/forgot-password',
    component: lazyRouteComponent(() => import('../features/sign-in/forgot-page.tsx'), 'ForgotPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/reset-password',
    validateSearch: tokenSearch,
    component: lazyRouteComponent(() => import('../features/sign-in/reset-page.tsx'), 'ResetPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/setup',
    validateSearch: setupSearch,
    component: lazyRouteComponent(() => import('../features/setup/setup-page.tsx'), 'SetupPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/payments/$paymentId',
    component: lazyRouteComponent(() => import('../features/payments/payment-page.tsx'), 'PaymentPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/pay/sandbox/$checkoutId',
    component: lazyRouteComponent(() => import('../features/payments/sandbox-page.tsx'), 'SandboxPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/settings',
    beforeLoad: () => {
      throw redirect({ to: '/settings/$section', params: { section: 'profile' }, replace: true });
    },
  }),
  createRoute({
    getParentRoute,
    path: '/settings/$section',
    component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/settings/account/appeals',
    component: lazyRouteComponent(() => import('../features/appeals/appeals-page.tsx'), 'AppealsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dmca',
    validateSearch: materialSearch,
    component: lazyRouteComponent(() => import('../features/dmca/notice-page.tsx'), 'NoticePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dmca/notice',
    beforeLoad: () => {
      throw redirect({ to: '/dmca', replace: true });
    },
  }),
  createRoute({
    getParentRoute,
    path: '/dmca/$noticeId',
    validateSearch: setupSearch,
    component: lazyRouteComponent(() => import('../features/dmca/matter-page.tsx'), 'MatterPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/policies',
    component: lazyRouteComponent(() => import('../features/policies/policies-page.tsx'), 'PoliciesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/policies/$policyId',
    component: lazyRouteComponent(() => import('../features/policies/policy-page.tsx'), 'PolicyPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/policies/$policyId/$version',
    component: lazyRouteComponent(() => import('../features/policies/policy-page.tsx'), 'PolicyPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/escalations',
    validateSearch: searchOnly,
    component: lazyRouteComponent(
      () => import('../features/admin/escalations/escalations-page.tsx'),
      'EscalationsPage',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/escalations/$escalationId',
    validateSearch: searchOnly,
    component: lazyRouteComponent(
      () => import('../features/admin/escalations/escalations-page.tsx'),
      'EscalationsPage',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/penalties',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/admin/penalties/penalties-page.tsx'), 'PenaltiesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/policies',
    component: lazyRouteComponent(
      () => import('../features/admin/policies/admin-policies-page.tsx'),
      'AdminPoliciesPage',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/policies/$policyId',
    component: lazyRouteComponent(() => import('../features/admin/policies/draft-page.tsx'), 'DraftPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/classification',
    component: lazyRouteComponent(
      () => import('../features/admin/classification/classification-page.tsx'),
      'ClassificationPage',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/dmca',
    validateSearch: noticesSearch,
    component: lazyRouteComponent(() => import('../features/admin/dmca/notices-page.tsx'), 'NoticesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/dmca/enter',
    component: lazyRouteComponent(() => import('../features/admin/dmca/enter-page.tsx'), 'EnterPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/dmca/settings',
    component: lazyRouteComponent(() => import('../features/admin/dmca/settings-page.tsx'), 'DmcaSettingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/dmca/$noticeId',
    component: lazyRouteComponent(() => import('../features/admin/dmca/dossier-page.tsx'), 'DossierPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/dmca/$noticeId/complete',
    component: lazyRouteComponent(() => import('../features/admin/dmca/enter-page.tsx'), 'CompletePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/strikes',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/admin/strikes/strikes-page.tsx'), 'StrikesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/appeals',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/admin/appeals/appeals-page.tsx'), 'AdminAppealsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/appeals/rates',
    component: lazyRouteComponent(() => import('../features/admin/appeals/rates-page.tsx'), 'OverturnRatesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/appeals/$appealId',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/admin/appeals/appeals-page.tsx'), 'AdminAppealsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/users/$userId',
    component: lazyRouteComponent(() => import('../features/admin/dossier/dossier-page.tsx'), 'DossierPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/reports',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/admin/reports/reports-page.tsx'), 'ReportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/reports/$reportId',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/admin/reports/reports-page.tsx'), 'ReportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/reports/muted',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/admin/reports/muted-page.tsx'), 'MutedPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/transparency',
    component: lazyRouteComponent(
      () => import('../features/admin/transparency/admin-transparency-page.tsx'),
      'AdminTransparencyPage',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/transparency',
    component: lazyRouteComponent(() => import('../features/transparency/transparency-page.tsx'), 'TransparencyPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/unsubscribe',
    validateSearch: setupSearch,
    component: lazyRouteComponent(() => import('../features/unsubscribe/unsubscribe-page.tsx'), 'UnsubscribePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/statements/$statementId',
    component: lazyRouteComponent(() => import('../features/statements/statement-page.tsx'), 'StatementPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/users',
    validateSearch: searchOnly,
    component: lazyRouteComponent(() => import('../features/admin/users-page.tsx'), 'UsersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/admin/data',
    component: lazyRouteComponent(() => import('../features/admin/data/data-page.tsx'), 'DataPage'),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultErrorComponent: CrashPage,
  defaultNotFoundComponent: NotFoundPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
