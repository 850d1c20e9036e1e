/** As the server counts: three until the other one answers. What was deleted here counts there, and is refused there. */
import type { messages } from '@virgil/contract';

const MOST_UNANSWERED = 3;

export function mayStillWrite(lines: readonly Pick<messages.DirectMessage, 'mine'>[]): boolean {
  return lines.length < MOST_UNANSWERED || lines.some(({ mine }) => !mine);
}
