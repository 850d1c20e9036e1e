/** The door of chat. */
export { Chat } from './chat.ts';
