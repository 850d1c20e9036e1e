import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. It may hold spaces, so every path is built from it and none is put into a shell line. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What the scripts fetch for this machine alone: a Node, a browser, locks. Git ignores it; it can be deleted at any time. */
export const privateFolder = path.join(root, '.virgil');
