/** The slices that own what people write, behind what decisions do to a text. */
import { heldLines } from '../features/chat/index.ts';
import { heldComments } from '../features/comments/index.ts';
import { heldMessages } from '../features/messages/index.ts';
import type { HeldContents } from '../features/review/index.ts';

export const heldContents: HeldContents = { live: heldLines, comment: heldComments, inboxMessage: heldMessages };
