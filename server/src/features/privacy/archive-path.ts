import { join } from 'node:path';

/** Ids are our own, so nothing in them leads out of the folder. */
export function archivePath(folder: string, exportId: string): string {
  return join(folder, `${exportId}.zip`);
}
