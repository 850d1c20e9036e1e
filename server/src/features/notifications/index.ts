/** The door of the inbox. */
export { deliverNotices } from './deliver-notices.ts';
export type { NoticesSent } from './events.ts';
export { type Notice, notify, notifyAll } from './notify.ts';
export { notificationRoutes } from './routes.ts';
