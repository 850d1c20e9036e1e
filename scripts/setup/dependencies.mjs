import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { explainNpmFailure, npmCi } from './npm.mjs';
import { root } from './paths.mjs';
import { SetupProblem, slowStep } from './report.mjs';

const lockFile = path.join(root, 'package-lock.json');

/** Lies inside node_modules, so that deleting node_modules deletes the claim that it is complete. */
const stampFile = path.join(root, 'node_modules', '.virgil-installed.json');

function currentStamp() {
  return JSON.stringify({
    lock: createHash('sha256').update(readFileSync(lockFile)).digest('hex'),
    platform: process.platform,
    arch: process.arch,
  });
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

const fits = (list, value) => list.includes(value) && !list.includes(`!${value}`);

/**
 * Binaries for this very platform must be there. Other optional packages may be missing: they serve other platforms,
 * by themselves or as what such a package needs, and the lock file does not tell the two apart.
 */
function mustBeThere(entry, machine) {
  if (!entry.optional) return true;
  return (
    entry.os !== undefined &&
    fits(entry.os, machine.platform) &&
    fits(entry.cpu ?? [machine.arch], machine.arch) &&
    fits(entry.libc ?? [machine.libc], machine.libc)
  );
}

/**
 * Compares the lock file with npm's own record of what lies in node_modules. It saves a second installation after
 * somebody ran npm by hand.
 * @param wanted `packages` of package-lock.json
 * @param installed `packages` of node_modules/.package-lock.json
 */
export function installedMatchesLock(wanted, installed, machine) {
  for (const [place, entry] of Object.entries(wanted)) {
    if (!place.includes('node_modules/') || entry.link) continue;
    const present = installed[place];
    if (!present) {
      if (mustBeThere(entry, machine)) return false;
      continue;
    }
    if (present.version !== entry.version || present.integrity !== entry.integrity) return false;
  }
  return Object.keys(installed).every((place) => place in wanted);
}

function thisMachine() {
  const libc =
    process.platform === 'linux'
      ? process.report.getReport().header.glibcVersionRuntime
        ? 'glibc'
        : 'musl'
      : undefined;
  return { platform: process.platform, arch: process.arch, libc };
}

export function dependenciesAreCurrent() {
  if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8') === currentStamp();
  const record = path.join(root, 'node_modules', '.package-lock.json');
  return (
    existsSync(record) && installedMatchesLock(readJson(lockFile).packages, readJson(record).packages, thisMachine())
  );
}

export async function installDependencies(node) {
  const first = !existsSync(path.join(root, 'node_modules'));
  await slowStep(first ? 'installing packages (once, a minute or two)' : 'installing changed packages', async () => {
    const { code, output } = await npmCi({ cwd: root, node });
    if (code !== 0) throw new SetupProblem(`The packages could not be installed. ${explainNpmFailure(output)}`);
  });
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, currentStamp());
}
