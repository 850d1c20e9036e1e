import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { missingOptional } from '../complete-lock.mjs';
import { installedMatchesLock } from './dependencies.mjs';
import { root } from './paths.mjs';
import { isNewEnough, packageForPlatform } from './private-node.mjs';
import { fingerprint } from './web-build.mjs';

describe('whether this Node will do', () => {
  it.each([
    ['v20.20.2', false],
    ['v22.22.0', false],
    ['v24.11.9', false],
    ['v24.12.0', true],
    ['v24.21.0', true],
    ['v26.0.0', true],
  ])('%s: %s', (version, answer) => expect(isNewEnough(version)).toBe(answer));

  it('has an exact version and a checksum for every platform it knows', () => {
    for (const [platform, arch] of [
      ['linux', 'x64'],
      ['linux', 'arm64'],
      ['darwin', 'x64'],
      ['win32', 'x64'],
    ]) {
      const { version, integrity } = packageForPlatform(platform, arch);
      expect(isNewEnough(version)).toBe(true);
      expect(integrity).toMatch(/^sha512-/);
    }
    expect(packageForPlatform('aix', 'ppc64')).toBeUndefined();
  });
});

describe('whether node_modules is what the lock file says', () => {
  const machine = { platform: 'linux', arch: 'x64', libc: 'glibc' };
  const entry = (version, more = {}) => ({ version, integrity: `sha512-${version}`, ...more });
  const linux = { optional: true, os: ['linux'], cpu: ['x64'], libc: ['glibc'] };
  const wanted = {
    '': {},
    server: {},
    'node_modules/@virgil/server': { resolved: 'server', link: true },
    'node_modules/zod': entry('4.0.0'),
    'node_modules/tool-linux': entry('1.0.0', linux),
    'node_modules/tool-darwin': entry('1.0.0', { optional: true, os: ['darwin'], cpu: ['x64'] }),
    'node_modules/wasm-only': entry('1.0.0', { optional: true }),
  };
  const installed = { 'node_modules/zod': entry('4.0.0'), 'node_modules/tool-linux': entry('1.0.0', linux) };

  it('is satisfied without what belongs to other platforms', () => {
    expect(installedMatchesLock(wanted, installed, machine)).toBe(true);
  });

  it.each([
    ['a package is missing', { 'node_modules/tool-linux': installed['node_modules/tool-linux'] }],
    ['a package has another version', { ...installed, 'node_modules/zod': entry('4.0.1') }],
    ['the binary for this platform is missing', { 'node_modules/zod': installed['node_modules/zod'] }],
    ['something is there that the lock does not know', { ...installed, 'node_modules/left-pad': entry('1.3.0') }],
  ])('is not when %s', (_, present) => {
    expect(installedMatchesLock(wanted, present, machine)).toBe(false);
  });
});

describe('the lock file', () => {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));

  it('names the binaries of every platform, or npm 11 refuses it (run scripts/complete-lock.mjs)', () => {
    expect(Object.keys(missingOptional(packages))).toEqual([]);
  });

  it('names no download host', () => {
    expect(Object.values(packages).filter(({ resolved, link }) => resolved && !link)).toEqual([]);
  });

  it('needs no install script for anything that runs without it failing', () => {
    expect(readFileSync(path.join(root, '.npmrc'), 'utf8')).toContain('ignore-scripts=true');
  });
});

describe('whether the web app is stale', () => {
  let folder;
  const names = ['web/src', 'web/index.html'];
  const write = (file, text) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'web build '));
    write('web/index.html', '<html>');
    write('web/src/app/main.tsx', 'one');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('depends on content, not on the time of a file', () => {
    const before = fingerprint(folder, names);
    utimesSync(path.join(folder, 'web/src/app/main.tsx'), new Date(), new Date(Date.now() + 1000));
    expect(fingerprint(folder, names)).toBe(before);
    write('web/src/app/main.tsx', 'two');
    expect(fingerprint(folder, names)).not.toBe(before);
  });

  it('notices a renamed file and a new one, and not a test', () => {
    const before = fingerprint(folder, names);
    write('web/src/app/main.test.tsx', 'a test');
    expect(fingerprint(folder, names)).toBe(before);
    write('web/src/app/other.tsx', '');
    expect(fingerprint(folder, names)).not.toBe(before);
  });
});
