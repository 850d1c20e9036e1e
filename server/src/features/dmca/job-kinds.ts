/** Deferred work of notices, by name. */
import { z } from 'zod';
import type { JobRequest } from '../../jobs/index.ts';

export const PUT_BACK = 'dmca.put-back';
export const ALARM = 'dmca.alarm';
export const SEND_LETTER = 'dmca.send-letter';
export const SEAL_RECORDING = 'dmca.seal-recording';
export const REMIND_OF_AGENT = 'dmca.remind-of-agent';

export const noticePayload = z.object({ noticeId: z.string() });
export const alarmPayload = z.object({ noticeId: z.string(), level: z.enum(['late', 'breach']) });
export const sealPayload = z.object({ noticeId: z.string(), tries: z.int().nonnegative() });
export const agentPayload = z.object({});

export const letterKind = z.enum([
  'received',
  'approved',
  'rejected',
  'counter_noticed',
  'court_action',
  'restored',
  'retracted',
]);
export type LetterKind = z.infer<typeof letterKind>;
export const letterPayload = z.object({ noticeId: z.string(), letter: letterKind });

export function putBackJob(noticeId: string, runAt: Date): JobRequest {
  return { kind: PUT_BACK, key: noticeId, runAt, payload: { noticeId } };
}

export function alarmJob(noticeId: string, level: 'late' | 'breach', runAt: Date): JobRequest {
  return { kind: ALARM, key: `${noticeId}:${level}`, runAt, payload: { noticeId, level } };
}

/** To the claimant, at once after the commit and until the mail server took it. */
export function letterJob(noticeId: string, letter: LetterKind, runAt: Date): JobRequest {
  return { kind: SEND_LETTER, key: `${noticeId}:${letter}`, runAt, payload: { noticeId, letter } };
}

export function sealRecordingJob(noticeId: string, tries: number, runAt: Date): JobRequest {
  return { kind: SEAL_RECORDING, key: noticeId, runAt, payload: { noticeId, tries } };
}

export function agentReminderJob(runAt: Date): JobRequest {
  return { kind: REMIND_OF_AGENT, key: 'agent', runAt };
}
