import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * Projects: `unit` needs nothing but Node and is the quick half; `database` runs against one PostgreSQL started for the
 * whole run; `clients` runs foreign clients against a whole server; `scripts` tries the start scripts on copies.
 * A server test belongs to `database` when it imports the test database, itself or through what it imports, or starts
 * a PostgreSQL of its own.
 */
const root = import.meta.dirname;
const globalSetup = path.join(root, 'server/test/kit/global-setup.ts');
const databaseKit = path.join(root, 'server/test/kit/database.ts');
const embeddedPostgres = path.join(root, 'server/src/db/embedded/embedded-postgres.ts');

const reaches = new Map<string, boolean>();

function reachesDatabase(file: string): boolean {
  if (file === databaseKit || file === embeddedPostgres) return true;
  const known = reaches.get(file);
  if (known !== undefined) return known;
  reaches.set(file, false);
  const imports = existsSync(file) ? readFileSync(file, 'utf8').matchAll(/from '(\.[^']+\.ts)'/g) : [];
  const answer = [...imports].some(([, to = '']) => reachesDatabase(path.resolve(path.dirname(file), to)));
  reaches.set(file, answer);
  return answer;
}

const onDatabase = readdirSync(path.join(root, 'server'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(src|test)\b.*\.test\.ts$/.test(file))
  .map((file) => path.join('server', file))
  .filter((file) => reachesDatabase(path.join(root, file)));

export default defineConfig({
  test: {
    // Nothing is retried: a test that fails now and then is a fault, in the test or in the product.
    retry: 0,
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          root,
          include: [
            '{contract,server,web}/src/**/*.test.{ts,tsx}',
            'server/test/**/*.test.ts',
            'packages/*/{src,test}/**/*.test.ts',
          ],
          exclude: [...onDatabase, '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'database',
          root,
          include: onDatabase.length > 0 ? onDatabase : ['server/none'],
          globalSetup: existsSync(globalSetup) ? [globalSetup] : [],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'clients',
          root,
          include: ['e2e/clients/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'scripts',
          root,
          include: ['scripts/**/*.test.mjs'],
          testTimeout: 120_000,
        },
      },
    ],
  },
});
