/** Column kinds that every table uses the same way. */
import { text, timestamp } from 'drizzle-orm/pg-core';

/** An instant in UTC with milliseconds: what a JavaScript `Date` holds, so a cursor made of one is exact. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** Time-ordered (UUIDv7) and opaque; text, so that any string from outside is simply not found. */
export const id = (name = 'id') => text(name);
