/** The door of chat. */
export { Chat, type ChatOptions } from './chat.ts';
export type { ChatHistoryQuery } from './chat-history.ts';
export type { ChatEvent, MessageBlocked, MessageHeld } from './events.ts';
