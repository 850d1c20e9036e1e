/** The picture of an appeal. Row security decides who may: its owner and admins; for everybody else there is none. */
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import type { FileAnswer } from '../../http/index.ts';
import type { AppealDeps } from './deps.ts';
import { addressOfScreenshot } from './screenshot-store.ts';
import { mayFetchScreenshot } from './store.ts';

export async function getScreenshot(
  { database, screenshots }: Pick<AppealDeps, 'database' | 'screenshots'>,
  actor: Actor,
  key: string,
): Promise<FileAnswer> {
  const isTheirs = await database.asActor(actor, (tx) => mayFetchScreenshot(tx, addressOfScreenshot(key)));
  const body = isTheirs ? await screenshots.read(key) : null;
  if (body === null) throw new AppError('not_found');
  return { type: 'image/webp', fileName: 'screenshot.webp', body, isForeign: true };
}
