/** When what was taken down comes back: § 512(g)(2)(C), not less than 10 nor more than 14 business days. */
import { businessDayAfter, type Day, dayIn, endOfDay } from './business-day-policy.ts';

export interface Calendar {
  /** The designated agent's. */
  readonly timeZone: string;
  readonly closedDays: readonly Day[];
}

export interface PutBackClock {
  /** The end of the tenth business day: ten whole ones have passed. */
  readonly putBackAt: Date;
  /** The end of the twelfth: two are left, and an admin has to look. */
  readonly lateAt: Date;
  /** The end of the fourteenth: the limit of the law. */
  readonly breachAt: Date;
}

/** The day of receipt is day 0, also when it is a weekend or a holiday. */
export function putBackClock(receivedAt: Date, { closedDays, timeZone }: Calendar): PutBackClock {
  const received = dayIn(timeZone, receivedAt);
  const end = (n: number): Date => endOfDay(timeZone, businessDayAfter(received, n, closedDays));
  return { putBackAt: end(10), lateAt: end(12), breachAt: end(14) };
}
