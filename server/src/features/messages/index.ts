/** The door of direct messages. */
export { hearOfMessages, missedMessages, spreadMessage } from './deliver-message.ts';
export type { MessageDeps } from './deps.ts';
export type { MessageChanged } from './events.ts';
export { heldMessages } from './held-messages.ts';
export { messageRoutes } from './routes.ts';
