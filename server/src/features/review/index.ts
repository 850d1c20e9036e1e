/** The door of the review queue: texts that wait for people, and what they decide. */
export { escalateToModerator, type NewReviewItem } from './escalate-to-moderator.ts';
export type { ReviewItemChanged } from './events.ts';
export type { ContentContext, ContentState, HeldContent, HeldContents } from './held-content.ts';
