/** Where a refusal of the media engine becomes an error that the edge can answer. */
import { AppError } from '../../errors.ts';
import { MediaRefusal } from '../../media/engine.ts';

export async function asked<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof MediaRefusal) throw new AppError(error.code, { detail: error.message, cause: error });
    throw error;
  }
}

/**
 * The engine may have been out of order when the stream started, or be new after a restart: a running stream without
 * a room gets one, and the question is asked once more.
 */
export async function askedWithRoom<T>(ensureRoom: () => Promise<void>, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof MediaRefusal) || (error.code !== 'stream_not_started' && error.code !== 'not_found')) {
      return asked(Promise.reject(error));
    }
    await asked(ensureRoom());
    return asked(ask());
  }
}
