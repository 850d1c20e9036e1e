/** The designated agent's registration ends three years after it was made or renewed (37 CFR § 201.38(c)(4)). */
import { type Day, endOfDay } from './business-day-policy.ts';

const YEARS = 3;
/** Before the last day, in days: time to renew, a last call, and the day itself. */
const REMINDERS = [60, 14, 0] as const;
const DAY_MS = 86_400_000;

/** The last day on which the registration holds. Of 29 February it is the 28th three years on. */
export function renewByOf(registeredOn: Day): Day {
  const [year = 0, month = 0, day = 0] = registeredOn.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year + YEARS, month, 0)).getUTCDate();
  return new Date(Date.UTC(year + YEARS, month - 1, Math.min(day, lastOfMonth))).toISOString().slice(0, 10);
}

/** Moments at which admins are reminded, those that are still to come. */
export function remindersOf(renewBy: Day, timeZone: string, now: Date): Date[] {
  const end = endOfDay(timeZone, renewBy).getTime();
  return REMINDERS.map((days) => new Date(end - days * DAY_MS)).filter((at) => at > now);
}
