import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Projects: `unit` needs nothing but Node and is the quick half; `processes` starts processes of its own (media
 * workers, PostgreSQL); `database` runs against one PostgreSQL started for the whole run; `clients` runs foreign
 * clients against a whole server; `scripts` tries the start scripts on copies. A test of the server or of a library
 * belongs to `database` or `processes` by what it imports, itself or through others; nothing has to be named or listed.
 */
const root = import.meta.dirname;
const globalSetup = path.join(root, 'server/test/kit/global-setup.ts');
const databaseKit = path.join(root, 'server/test/kit/database.ts');

/** Whether a file, or one that it imports by a relative path, has the property. */
function anyBehind(file: string, has: (file: string, text: string) => boolean, seen = new Set<string>()): boolean {
  if (seen.has(file) || !existsSync(file)) return false;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  if (has(file, text)) return true;
  const imports = [...text.matchAll(/^(?:import|export)(?! type\b)[^;]*? from '(\.[^']+\.ts)'/gm)];
  return imports.some(([, to = '']) => anyBehind(path.resolve(path.dirname(file), to), has, seen));
}

/** In `src` or `test` of the server, and of each library. */
const tests = ['server', ...readdirSync(path.join(root, 'packages')).map((name) => path.join('packages', name))]
  .flatMap((folder) => ['src', 'test'].map((part) => path.join(folder, part)))
  .filter((folder) => existsSync(path.join(root, folder)))
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => path.join(folder, file)),
  );
const onDatabase = tests.filter((test) => anyBehind(path.join(root, test), (file) => file === databaseKit));
const withProcesses = tests.filter(
  (test) =>
    !onDatabase.includes(test) &&
    anyBehind(path.join(root, test), (_, text) => /\bfrom 'node:child_process'/.test(text)),
);

/**
 * Files of these projects share what they import: loading the server anew for each took almost half of their CPU time.
 * A test must leave nothing behind that others see: no mocked module, no global, no environment variable, no fake time.
 */
const isolate = false;

/** A fact that is waited for comes a good deal later on a busy machine; what never comes fails no later than that. */
const expectation = { poll: { timeout: 15_000 } };

/** A quarter of a minute and more each: begun last, one of them would keep a worker busy while the other waits. */
const LONGEST = [
  'e2e/clients/schemathesis.test.ts',
  'scripts/fresh-checkout.test.mjs',
  'server/src/media/embedded/memory.test.ts',
  'server/src/db/embedded/embedded-postgres.test.ts',
  'server/test/every-operation.test.ts',
  'server/test/process.test.ts',
  'server/test/audit-outside.test.ts',
].map((file) => path.join(root, file));

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) =>
      LONGEST.indexOf(moduleId) + (LONGEST.includes(moduleId) ? 0 : 100);
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** Vitest refuses an empty list. */
const listed = (files: readonly string[]): string[] => (files.length > 0 ? [...files] : ['server/none']);

export default defineConfig({
  test: {
    // Nothing is retried: a test that fails now and then is a fault, in the test or in the product.
    retry: 0,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          root,
          expect: expectation,
          isolate,
          include: [
            '{contract,server,web}/src/**/*.test.{ts,tsx}',
            'server/test/**/*.test.ts',
            'packages/*/{src,test}/**/*.test.ts',
          ],
          exclude: [...onDatabase, ...withProcesses, '**/node_modules/**'],
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: 'database',
          root,
          expect: expectation,
          isolate,
          include: listed(onDatabase),
          globalSetup: existsSync(globalSetup) ? [globalSetup] : [],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'processes',
          root,
          expect: expectation,
          include: listed(withProcesses),
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'clients',
          root,
          expect: expectation,
          include: ['e2e/clients/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'scripts',
          root,
          expect: expectation,
          include: ['scripts/**/*.test.mjs'],
          testTimeout: 120_000,
          // Copies a whole checkout before, and removes it after.
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
