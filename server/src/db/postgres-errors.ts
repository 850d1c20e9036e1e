/** What a failure of PostgreSQL means to us. Drizzle wraps errors, so the code may lie under `cause`. */
import { AppError } from '../errors.ts';

/** The five-letter SQLSTATE, or Node's own code (`ECONNREFUSED`), or undefined. */
export function failureCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof AppError) return undefined;
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}

export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && at.code === '23505') {
      return constraint === undefined || ('constraint' in at && at.constraint === constraint);
    }
  }
  return false;
}

/** Serialization failure, deadlock: the same work may succeed when done again. */
export function isRetryable(error: unknown): boolean {
  const code = failureCode(error);
  return code === '40001' || code === '40P01';
}

const UNAVAILABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  '25006', // read only
  '57014', // statement timeout
  '57P01', // shut down by an administrator
  '57P02', // crash of another process
  '57P03', // starting up
  '57P05', // idle session ended
  '58030', // I/O error
  '25P03', // idle in transaction for too long
]);
/** Connection failures, insufficient resources (disk full, memory, too many connections), damaged files. */
const UNAVAILABLE_CLASSES = ['08', '53', 'XX'];
/** pg raises these without a code. */
const UNAVAILABLE_MESSAGES =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Query read timeout|Cannot use a pool after calling end)/;

export function isUnavailable(error: unknown): boolean {
  const code = failureCode(error);
  if (code !== undefined) {
    return (
      UNAVAILABLE_CODES.has(code) || UNAVAILABLE_CLASSES.some((start) => code.length === 5 && code.startsWith(start))
    );
  }
  for (let at = error; at instanceof Error && !(at instanceof AppError); at = at.cause) {
    if (UNAVAILABLE_MESSAGES.test(at.message)) return true;
  }
  return false;
}

/** Wraps a failure of the store once; every other error passes as it is. */
export function asStorageError(error: unknown): unknown {
  return isUnavailable(error)
    ? new AppError('storage_unavailable', { detail: 'The database cannot answer right now.', cause: error })
    : error;
}
