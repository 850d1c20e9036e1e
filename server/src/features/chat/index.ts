/** The door of chat. */
export { Chat, type JudgedText } from './chat.ts';
export { mayModerate } from './join-stream.ts';
export { CATEGORY_WORDS, SELF_HARM_HELP } from './notices.ts';
export { mayReact, type Verdict } from './policy.ts';
export { requireAllowed } from './send-message.ts';
export { readPerson, readStream } from './store.ts';
