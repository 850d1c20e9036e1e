/** Builds and runs the Go programs beside it; for tests that want a second opinion. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const folder = import.meta.dirname;
const sources = ['main.go', 'go.mod', 'go.sum'];
/** Where Go's own installer puts it, beside wherever it is found. */
const env = { ...process.env, PATH: [process.env.PATH, '/usr/local/go/bin'].join(delimiter) };
const BUILD_PATIENCE_MS = 50_000;

export interface GoOptions {
  /** A folder, or the URL prefix to which `/checkpoint` is added. */
  readonly log: string;
  /** Verifier keys. */
  readonly keys: readonly string[];
  /** Where entry bundles are, if not in the log. */
  readonly entries?: string;
  /** Sent to servers as `Authorization: Bearer`. */
  readonly token?: string;
  /** A file with a JSON array of signed notes, oldest first. */
  readonly checkpoints?: string;
}

export interface GoVerdict {
  /** Of how many the inclusion was proven, by both libraries. */
  readonly entries: number;
  /** Of how many consecutive checkpoints the consistency was. */
  readonly pairs: number;
  readonly size: number;
  /** Empty when all is well. */
  readonly problems: readonly string[];
}

export type GoVerifier = (options: GoOptions) => Promise<GoVerdict>;

/** Says what is missing where Go, or its modules, are not to be had. */
export async function buildGoVerifier(): Promise<GoVerifier | { readonly missing: string }> {
  const built = await build(folder, 'go-verify');
  return 'missing' in built ? built : (options) => verify(built.binary, options);
}

export interface GoReceiptVerdict {
  /** Whose entry is in the log. */
  readonly receipts: number;
  readonly cosigned: number;
  readonly problems: readonly string[];
}

/** Of receipts that carry their entry, and of a witness who must have cosigned their checkpoints. */
export type GoReceiptVerifier = (options: {
  readonly key: string;
  readonly witness: string;
  readonly files: readonly string[];
}) => Promise<GoReceiptVerdict>;

export async function buildGoReceiptVerifier(): Promise<GoReceiptVerifier | { readonly missing: string }> {
  const built = await build(join(folder, 'receipts'), 'go-receipts');
  if ('missing' in built) return built;
  return ({ key, witness, files }) => answer(built.binary, ['-key', key, '-witness', witness, ...files]);
}

/** Once for a state of the sources. */
async function build(
  from: string,
  called: string,
): Promise<{ readonly binary: string } | { readonly missing: string }> {
  const digest = createHash('sha256');
  for (const file of sources) digest.update(readFileSync(join(from, file)));
  const name = `${called}-${digest.digest('hex').slice(0, 16)}${process.platform === 'win32' ? '.exe' : ''}`;
  const binary = join(folder, '..', 'node_modules', '.cache', name);
  if (existsSync(binary)) return { binary };
  try {
    await run('go', ['build', '-o', binary, '.'], { cwd: from, env, timeout: BUILD_PATIENCE_MS });
    return { binary };
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') return { missing: 'Go is not installed' };
    return { missing: `Go could not build the verifier: ${stderr.trim().split('\n').at(-1)}` };
  }
}

async function verify(binary: string, { log, keys, entries, token, checkpoints }: GoOptions): Promise<GoVerdict> {
  const args = [
    ...['-log', log],
    ...keys.flatMap((key) => ['-key', key]),
    ...(entries === undefined ? [] : ['-entries', entries]),
    ...(token === undefined ? [] : ['-token', token]),
    ...(checkpoints === undefined ? [] : ['-checkpoints', checkpoints]),
  ];
  return answer(binary, args);
}

async function answer<T>(binary: string, args: readonly string[]): Promise<T> {
  const { stdout } = await run(binary, [...args]).catch((error: Error & { code?: unknown; stdout: string }) => {
    // 1: it ran, and found something.
    if (error.code === 1) return error;
    throw error;
  });
  return JSON.parse(stdout) as T;
}
