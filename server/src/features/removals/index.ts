/** The door of removals. */
export type {
  CommentRemovalChanged,
  DirectMessageRemovalChanged,
  MessageRemovalChanged,
  TipWordsChanged,
} from './events.ts';
export { TIP_WORDS_CHANGED } from './events.ts';
export { holdRecording, removalNoteOf, removalOfStream } from './hold-recording.ts';
export { type RemovalState, withholds } from './policy.ts';
export { type ContentRemoval, removeContent } from './remove-content.ts';
export { restoreContent } from './restore-content.ts';
export { setPrevious } from './set-previous.ts';
export { setTipWords } from './words.ts';
