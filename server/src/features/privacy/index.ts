/** The door of privacy. */
export { createPrivacy } from './create-privacy.ts';
export { PERSON_CLOSED, type PersonClosed } from './events.ts';
