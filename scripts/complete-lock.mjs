import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup/paths.mjs';
import { say } from './setup/report.mjs';

/**
 * Adds the binaries of other platforms that package-lock.json lacks. npm leaves them out when the registry in use does
 * not carry them, and then `npm ci` of npm 11 refuses the file on every machine. Their versions are exact; checksums
 * come with the next installation that can see them. Run it after adding or updating a package.
 */
const systems = 'android|darwin|freebsd|netbsd|openbsd|openharmony|linux|win32|sunos|aix';
const processors = 'arm64|arm|x64|ia32|ppc64|s390x|riscv64|loong64|mips64el|wasm32';

function machineOf(name) {
  const words = name.split('/').at(-1);
  const [os] = words.match(new RegExp(`\\b(${systems})`)) ?? [];
  const [cpu] = words.match(new RegExp(`\\b(${processors})\\b`)) ?? [];
  const libc = os !== 'linux' ? undefined : /musl/.test(words) ? 'musl' : /gnu/.test(words) ? 'glibc' : undefined;
  return { ...(cpu ? { cpu: [cpu] } : {}), ...(libc ? { libc: [libc] } : {}), ...(os ? { os: [os] } : {}) };
}

/** Where Node would find a package that the one at `place` asks for. */
function* placesFor(place, name) {
  for (let at = place; ; at = at.slice(0, at.lastIndexOf('/node_modules/'))) {
    yield `${at}/node_modules/${name}`;
    if (!at.includes('/node_modules/')) break;
  }
  yield `node_modules/${name}`;
}

export function missingOptional(packages) {
  const missing = {};
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const version = range.replace(/^[~^]/, '');
      const known = { ...packages, ...missing };
      const found = [...placesFor(place, name)].find((candidate) => candidate in known);
      const isExact = version === range;
      if (found && (!isExact || known[found].version === version)) continue;
      const target = found === `node_modules/${name}` ? `${place}/node_modules/${name}` : `node_modules/${name}`;
      missing[target] = { version, ...(entry.dev ? { dev: true } : {}), optional: true, ...machineOf(name) };
    }
  }
  return missing;
}

if (process.argv[1] === import.meta.filename) {
  const file = path.join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingOptional(lock.packages);
  const { '': own, ...rest } = { ...lock.packages, ...missing };
  const sorted = Object.entries(rest).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(
    file,
    `${JSON.stringify({ ...lock, packages: { '': own, ...Object.fromEntries(sorted) } }, null, 2)}\n`,
  );
  say(`${Object.keys(missing).length} packages of other platforms added to package-lock.json`);
}
