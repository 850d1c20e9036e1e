/** What the mail library reports, sorted into what it means. */
import { z } from 'zod';
import type { Attempt } from './policy.ts';

/** Of an SMTP conversation: the code of the answer, and what it answered. */
const failure = z.object({
  responseCode: z.number().optional(),
  command: z.string().optional(),
  code: z.string().optional(),
});

/**
 * Only what the server says about this receiver or this letter is final. A 5xx to anything else (the sign-in, the
 * sender, STARTTLS) is about our own server: it is put right by an operator, and the letter waits.
 */
export function readFailure(error: unknown): Exclude<Attempt, { result: 'sent' }> {
  const { code, command = '', responseCode = 0 } = failure.catch({}).parse(error);
  const problem = [code, command, responseCode || undefined, answerOf(error)].filter(Boolean).join(' ').slice(0, 300);
  const isFinal = responseCode >= 500 && responseCode < 600;
  if (isFinal && command === 'RCPT TO') return { result: 'refused', of: 'address', problem };
  if (isFinal && command === 'DATA') return { result: 'refused', of: 'letter', problem };
  return { result: 'failed', problem };
}

function answerOf(error: unknown): string {
  const { response } = z.object({ response: z.string().optional() }).catch({}).parse(error);
  return (response ?? '').replace(/\s+/g, ' ');
}
