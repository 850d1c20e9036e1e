/** The door of moderation: what is written is scored here, and what must not be shown is recorded. */
export type { ModerationDeps } from './deps.ts';
export type { TextLetter } from './letters.ts';
export {
  type AdverseJudgement,
  createTextModeration,
  isAdverse,
  type Judgement,
  type TextModeration,
} from './moderate-message.ts';
export type { ModerationDecision, Thresholds } from './policy.ts';
export { type ModeratedText, recordModerated } from './record-moderated.ts';
export { moderationRoutes } from './routes.ts';
export { ThresholdsInForce } from './thresholds-in-force.ts';
