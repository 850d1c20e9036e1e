import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { SetupProblem, slowStep } from './report.mjs';
import { runCommand } from './run-command.mjs';

const web = path.join(root, 'web');
const built = path.join(web, 'dist');
const stampFile = path.join(built, '.built-from');

/** Everything that ends up in the pages; what a test alone reads does not make them stale. */
const inputs = [
  'package-lock.json',
  'tsconfig.base.json',
  'contract/src',
  'web/src',
  'web/public',
  'web/index.html',
  'web/package.json',
  'web/tsconfig.json',
  'web/vite.config.ts',
];

function* filesUnder(place) {
  if (!existsSync(place)) return;
  const entries = readdirSync(place, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = path.join(place, entry.name);
    if (entry.isDirectory()) yield* filesUnder(file);
    else if (!/\.test\.tsx?$/.test(entry.name)) yield file;
  }
}

/** By content, not by time: switching branches back and forth, or copying the checkout, does not cost a build. */
export function fingerprint(folder = root, names = inputs) {
  const hash = createHash('sha256');
  for (const name of names) {
    const place = path.join(folder, name);
    const files = path.extname(name) ? [place].filter(existsSync) : filesUnder(place);
    for (const file of files)
      hash.update(path.relative(folder, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

export const webAppExists = () => existsSync(path.join(web, 'index.html'));

export function webAppIsCurrent() {
  if (!webAppExists()) return true;
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint();
}

/** Builds beside the old pages and changes places at the end: a running server, and a failed build, keep the old ones. */
export async function buildWebApp(node) {
  const fresh = `dist-${process.pid}`;
  const from = fingerprint();
  try {
    await slowStep('building the web app', async () => {
      const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
      const args = [vite, 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'];
      const env = { ...process.env, NODE_ENV: 'production' };
      const { code, output } = await runCommand(node, args, { cwd: web, env });
      if (code !== 0) throw new SetupProblem(`The web app could not be built.\n${output.trim()}`);
    });
    writeFileSync(path.join(web, fresh, '.built-from'), from);
    const old = path.join(web, `${fresh}-old`);
    if (existsSync(built)) renameSync(built, old);
    renameSync(path.join(web, fresh), built);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(path.join(web, fresh), { recursive: true, force: true });
  }
}
