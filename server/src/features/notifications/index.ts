/** The door of the inbox. */
export { deliverNotices, hearOfNotices, missedNotices, showNotices } from './deliver-notices.ts';
export type { NoticesSent } from './events.ts';
export { notificationJobs } from './jobs.ts';
export { cancelNotice, type Notice, notify, notifyAll } from './notify.ts';
export { notificationRoutes } from './routes.ts';
