/** Schemathesis reads /openapi.json like any stranger and tries every operation with good, odd and hostile input. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { OPERATIONS, type Operation } from '@virgil/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAdmin, signUp, type TestPerson } from '../kit/people.ts';
import { type RunningServer, startServer } from '../kit/server.ts';

const program = fileURLToPath(new URL('../../.virgil/python/bin/schemathesis', import.meta.url));
const isThere = existsSync(program);
if (!isThere)
  console.warn('Schemathesis is not installed (npm run test:deps gets it): the API is not tried from its description.');

/** What is asked of every answer: no server error (the configuration says which), and only what is declared. */
const CHECKS =
  'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance';
const configuration = fileURLToPath(new URL('schemathesis.toml', import.meta.url));

/**
 * Every caller tries every operation, but in all ways only those that are theirs: where somebody is turned away before
 * a word is read, a thousand words tell no more than two. (`every-operation.test.ts` tries that order itself.)
 */
function configurationFor(folder: string, mine: readonly Operation['who'][]): string {
  const others = OPERATIONS.filter(({ who }) => !mine.includes(who)).map(({ id }) => id);
  const briefly = `
[[operations]]
include-operation-id = ${JSON.stringify(others)}
phases.coverage.enabled = false
phases.fuzzing.generation.max-examples = 2
`;
  const file = path.join(folder, `${mine.join('-')}.toml`);
  writeFileSync(file, readFileSync(configuration, 'utf8') + briefly);
  return file;
}

/** Lines of the server's log that tell of a failure (pino writes `error` as 50), whatever the caller was answered. */
function failures(log: string): string[] {
  return log.split('\n').filter((line) => /"level":[56]0\b|storage unavailable/.test(line));
}

async function run(url: string, config: string, cookie: string | null): Promise<{ code: number; output: string }> {
  const args = [
    '--config-file',
    config,
    'run',
    `${url}/openapi.json`,
    '--checks',
    CHECKS,
    '--phases',
    'examples,coverage,fuzzing',
    '--max-examples',
    '8',
    '--generation-deterministic',
    '--seed',
    '7',
    '--no-shrink',
    '--no-color',
    '--suppress-health-check',
    'all',
    '--warnings',
    'off',
    // The clock jumps years ahead and the last admin is among the users: both would change what later calls meet.
    '--exclude-path',
    '/api/test/clock',
    '--exclude-path-regex',
    '^/api/admin/users/.+/(role|tier)$',
    ...(cookie ? ['--header', `Cookie: ${cookie}`] : []),
  ];
  try {
    const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 64 * 1024 * 1024 });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, output: stdout };
  }
}

describe.skipIf(!isThere)('the API as its own description says it', () => {
  let server: RunningServer;
  let creator: TestPerson;
  let admin: TestPerson;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'virgil-schemathesis-'));
    server = await startServer();
    creator = await signUp(server.url, 'Schema', 'pro');
    admin = await signInAdmin(server.url);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const callers = {
    'a guest': { cookie: () => null, mine: ['anyone', 'test-mode'] },
    'a creator': { cookie: () => creator.cookie, mine: ['anyone', 'signed-in'] },
    'an admin': { cookie: () => admin.cookie, mine: ['admin'] },
  } as const;
  it.each(Object.keys(callers) as (keyof typeof callers)[])(
    'answers %s only with what it declares',
    async (who) => {
      const written = server.output().length;
      const { cookie, mine } = callers[who];
      const { code, output } = await run(server.url, configurationFor(folder, mine), cookie());
      expect(failures(server.output().slice(written)), output.slice(-6000)).toEqual([]);
      expect(code, output.slice(-6000)).toBe(0);
      expect((await fetch(`${server.url}/health`)).status).toBe(200);
    },
    240_000,
  );
});
