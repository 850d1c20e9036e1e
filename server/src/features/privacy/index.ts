/** The door of privacy. */
export { createPrivacy } from './create-privacy.ts';
export type { PersonClosed } from './events.ts';
