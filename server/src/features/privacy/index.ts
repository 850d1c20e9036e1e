/** The door of privacy. */
export { createPrivacy, type PrivacyDoor } from './create-privacy.ts';
export { PERSON_CLOSED, type PersonClosed } from './events.ts';
