/** The words of the inbox: letters of decisions in English, and the German translation of every notice. */
export { germanLetter } from './letters/german-letter.ts';
export {
  APPEAL,
  appealDecided,
  appealSubmitted,
  approved,
  CANNOT_BE_APPEALED,
  CATEGORY_WORDS,
  FLAGGED,
  type Letter,
  type Punishment,
  paragraphs,
  penalised,
  punished,
  quoteOf,
  rejected,
  SELF_HARM_HELP,
  timedOut,
  withoutFullStop,
} from './letters/moderation-letters.ts';
export { type NoticeGoal, noticeGoal } from './letters/notice-goal.ts';
