/** What is published is JavaScript with types, and works in a folder that knows nothing of this one. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MadeLog } from './kit/made-log.ts';

const run = promisify(execFile);
const own = path.resolve(import.meta.dirname, '..');
const workspace = path.resolve(own, '../..');
const npm = [process.platform === 'win32' ? 'npm.cmd' : 'npm', { shell: process.platform === 'win32' }] as const;

let folder: string;
let user: string;

// In a copy: packing changes package.json for a moment, and other tests read it.
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tlog pack-'));
  user = path.join(folder, 'user');
  const copy = path.join(folder, 'repository', 'packages', 'tlog');
  await cp(own, copy, { recursive: true, filter: (file) => !/node_modules|dist/.test(path.relative(own, file)) });
  await cp(path.join(workspace, 'tsconfig.base.json'), path.join(folder, 'repository', 'tsconfig.base.json'));
  await symlink(path.join(workspace, 'node_modules'), path.join(folder, 'repository', 'node_modules'), 'junction');
  await mkdir(user);
  await run(npm[0], ['pack', '--offline', '--ignore-scripts=false', '--pack-destination', user], {
    ...npm[1],
    cwd: copy,
  });
  expect(await readFile(path.join(copy, 'package.json'), 'utf8')).toBe(
    await readFile(path.join(own, 'package.json'), 'utf8'),
  );
  const { version } = JSON.parse(await readFile(path.join(own, 'package.json'), 'utf8'));
  await writeFile(path.join(user, 'package.json'), '{ "name": "user", "type": "module" }');
  const tarball = path.join(user, `virgil-tlog-${version}.tgz`);
  await run(npm[0], ['install', '--offline', '--no-audit', '--no-fund', tarball], { ...npm[1], cwd: user });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the installed program verifies a log', async () => {
  await new MadeLog().grow(300).writeTo(path.join(user, 'log'));
  const program = path.join(user, 'node_modules/virgil-tlog/bin/virgil-tlog.mjs');
  const { stdout } = await run(process.execPath, [program, 'verify', 'log'], { cwd: user });
  expect(stdout).toContain('All 300 entries are those in the tree.');
});

test('the installed library is JavaScript with types', async () => {
  const source = "import { append, emptyEdge } from 'virgil-tlog';\nconst size: number = append(emptyEdge, []).size;\n";
  await writeFile(path.join(user, 'right.ts'), `${source}console.log(size);\n`);
  await writeFile(path.join(user, 'wrong.ts'), source.replace('number', 'string'));
  const compiler = path.join(
    path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  const types = ['--types', 'node', '--typeRoots', path.join(workspace, 'node_modules/@types')];
  const compile = (file: string) =>
    run(process.execPath, [compiler, '--noEmit', '--strict', '--module', 'nodenext', ...types, file], { cwd: user });
  await compile('right.ts');
  await expect(compile('wrong.ts')).rejects.toMatchObject({ stdout: expect.stringContaining('TS2322') });
  await writeFile(path.join(user, 'right.mjs'), source.replace(': number', '').concat('console.log(size);\n'));
  expect((await run(process.execPath, ['right.mjs'], { cwd: user })).stdout).toBe('0\n');
});

test('nothing is packed but what a user needs', async () => {
  const { stdout } = await run(npm[0], ['ls', '--all', '--json'], { ...npm[1], cwd: user });
  expect(Object.keys(JSON.parse(stdout).dependencies)).toEqual(['virgil-tlog']);
  expect(JSON.parse(stdout).dependencies['virgil-tlog'].dependencies).toBeUndefined();
  const manifest = JSON.parse(await readFile(path.join(user, 'node_modules/virgil-tlog/package.json'), 'utf8'));
  expect(manifest).toMatchObject({ license: 'Apache-2.0', exports: { '.': { default: './dist/index.js' } } });
  for (const absent of ['src', 'test', 'go-verify']) {
    await expect(readFile(path.join(user, 'node_modules/virgil-tlog', absent))).rejects.toThrow('ENOENT');
  }
});
