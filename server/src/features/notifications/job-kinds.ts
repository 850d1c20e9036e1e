/** Key: the notice's id. */
export const DELIVER_NOTICE = 'notifications.deliver';
