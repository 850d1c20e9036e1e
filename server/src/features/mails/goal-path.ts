import type { letters } from '@virgil/contract';

/** The page of a notice's goal, as the web app names it. */
export function goalPath(goal: letters.NoticeGoal | null): string {
  if (goal === null) return '/inbox';
  switch (goal.to) {
    case 'statement':
      return `/statements/${goal.id}`;
    case 'appeals':
      return '/settings/account/appeals';
    case 'appealDesk':
      return `/admin/appeals/${goal.id}`;
    case 'escalation':
      return `/admin/escalations/${goal.id}`;
    case 'channel':
      return `/c/${goal.id}`;
    case 'stream':
      return `/watch/${goal.id}`;
    case 'video':
      return `/videos/${goal.id}`;
    case 'conversation':
      return `/messages/${goal.id}`;
    case 'dossier':
      return `/admin/users/${goal.id}`;
    case 'answer':
    case 'notice':
      return `/dmca/${goal.id}`;
    case 'noticeDesk':
      return `/admin/dmca/${goal.id}`;
    case 'agent':
      return '/admin/dmca/settings';
    case 'payment':
      return `/payments/${goal.id}`;
    case 'data':
      return '/settings/data';
    case 'subscriptions':
      return '/settings/subscriptions';
    case 'earnings':
      return '/earnings';
    case 'books':
      return '/admin/finance';
    case 'security':
      return '/settings/account';
  }
}
