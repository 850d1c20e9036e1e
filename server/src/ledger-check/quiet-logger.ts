import { pino } from 'pino';

/** What is found is printed; a warning of the store still belongs to whoever looks. */
export const quietLogger = pino({ level: 'warn' }, pino.destination(2));
