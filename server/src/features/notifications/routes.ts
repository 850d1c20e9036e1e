import { notifications } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { type InboxDeps, listInbox, readAllNotices, readNotice, undoReadAll, unreadNotice } from './inbox.ts';

export function notificationRoutes(deps: InboxDeps): Binding[] {
  return [
    bind(notifications.listNotifications, ({ caller, query }) => listInbox(deps, caller.actor, query)),
    bind(notifications.readNotification, ({ caller, params }) => readNotice(deps, caller.actor, params.id)),
    bind(notifications.unreadNotification, ({ caller, params }) => unreadNotice(deps, caller.actor, params.id)),
    bind(notifications.readAllNotifications, ({ caller }) => readAllNotices(deps, caller.actor)),
    bind(notifications.undoReadAll, ({ body, caller }) => undoReadAll(deps, caller.actor, new Date(body.readAt))),
  ];
}
