/** The door of chat. */
export { Chat } from './chat.ts';
export type { LineDecided } from './events.ts';
export { heldLines } from './held-lines.ts';
export { mayModerate } from './join-stream.ts';
export { mayReact, type Verdict } from './policy.ts';
export { requireAllowed } from './send-message.ts';
export { readPerson, readStream } from './store.ts';
