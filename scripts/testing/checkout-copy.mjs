import { chownSync, copyFileSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { root } from '../setup/paths.mjs';

/** By where they lie: at the top, and in any of our own folders. */
const leftOut = { top: ['.git', '.virgil', 'data', 'test-results', 'coverage'], any: ['dist'] };

/**
 * Copies the checkout as a fresh clone would be, with links to the installed packages: an installation in no time.
 * npm's record of it is copied too; our own stamp is not, as after an installation by hand.
 */
export function copyCheckout(target) {
  copyFolder(root, target);
}

function copyFolder(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (leftOut.any.includes(entry.name) || (from === root && leftOut.top.includes(entry.name))) continue;
    const [source, copy] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.name === 'node_modules') linkPackages(source, copy);
    else if (entry.isDirectory()) copyFolder(source, copy);
    else if (entry.isFile()) copyFileSync(source, copy);
  }
}

/** Our own workspaces keep their relative links, and so lead to the copy. */
function linkPackages(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, copy] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.name.startsWith('@')) linkPackages(source, copy);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), copy);
    else if (entry.name === '.package-lock.json') copyFileSync(source, copy);
    else if (!entry.name.startsWith('.')) symlinkSync(source, copy);
  }
}

export function giveTo(folder, uid, gid) {
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) giveTo(file, uid, gid);
    else if (entry.isFile()) chownSync(file, uid, gid);
  }
}
