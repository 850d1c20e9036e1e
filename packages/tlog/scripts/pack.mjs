/**
 * `npm pack` and `npm publish` call this before and after. Within the checkout the package is its TypeScript sources,
 * which Node runs as they are; but Node strips no types under node_modules, so what is packed is JavaScript with
 * declarations. package.json points to the one or to the other.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const manifest = path.join(folder, 'package.json');
const written = '".": "./src/index.ts"';
const compiled = '".": { "types": "./dist/index.d.ts", "default": "./dist/index.js" }';

if (process.argv[2] === 'before') {
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
  rmSync(path.join(folder, 'dist'), { recursive: true, force: true });
  const compiler = path.join(path.dirname(typescript), 'bin', 'tsc');
  execFileSync(process.execPath, [compiler, '-p', path.join(folder, 'tsconfig.pack.json')], { stdio: 'inherit' });
  replace(written, compiled);
} else {
  replace(compiled, written);
}

function replace(from, to) {
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(from, to));
}
