/** What the server takes as a screenshot, asked of a file before it is sent. */
import { appeals } from '@virgil/contract';

export const ACCEPTED = appeals.SCREENSHOT_TYPES.join(',');

export type ScreenshotProblem = 'type' | 'size';

/** Null: it may be sent. The server looks at the bytes; here the name of the type is enough. */
export function problemOf({ size, type }: Pick<File, 'size' | 'type'>): ScreenshotProblem | null {
  if (!(appeals.SCREENSHOT_TYPES as readonly string[]).includes(type)) return 'type';
  return size > appeals.SCREENSHOT_BYTES ? 'size' : null;
}
