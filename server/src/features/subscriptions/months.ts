/** Months of a subscription, in UTC: always on the day it began, on the last one where a month has no such day. */

export function addMonth(from: Date, anchorDay: number): Date {
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + 1];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const next = new Date(from);
  // The day first: 31 January plus a month must not slip into March.
  next.setUTCDate(1);
  next.setUTCFullYear(year, month, Math.min(anchorDay, lastDay));
  return next;
}
