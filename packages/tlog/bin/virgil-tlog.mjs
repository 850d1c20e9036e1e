#!/usr/bin/env node
/**
 * Starts the command line program. Installed from npm that is compiled JavaScript. In a checkout it is TypeScript as
 * written, which Node runs from 24.12 on; with an older one this starts itself again on a newer Node kept in a
 * `.virgil` folder above, where there is one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.dirname(fileURLToPath(import.meta.url));
const compiled = new URL('../dist/cli.js', import.meta.url);
const written = new URL('../src/cli.ts', import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (!existsSync(written)) {
  await import(compiled.href);
} else if (major > 24 || (major === 24 && minor >= 12)) {
  await import(written.href);
} else {
  const node = newerNode(folder);
  if (node === undefined) {
    console.error(`virgil-tlog runs its sources on Node 24.12 or newer; this is ${process.version}.`);
    process.exitCode = 2;
  } else {
    const { status } = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      stdio: 'inherit',
    });
    process.exitCode = status ?? 2;
  }
}

function newerNode(from) {
  const binary = path.join(from, '.virgil', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  const above = path.dirname(from);
  return above === from ? undefined : newerNode(above);
}
