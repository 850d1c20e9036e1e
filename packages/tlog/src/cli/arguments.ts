import { readFile } from 'node:fs/promises';
import { MalformedError } from '../errors.ts';
import { type KeyKind, type PublicKey, parseVerifier } from '../keys.ts';
import { CannotCheck, Usage } from './outcome.ts';

export function onePositional(positionals: readonly string[], what: string): string {
  const [first, ...more] = positionals;
  if (first === undefined || more.length > 0) throw new Usage(`one ${what} is needed`);
  return first;
}

/** Each may be several lines, as a log gives them while it moves from one key to the next. */
export function verifierArguments(texts: readonly string[], kind: KeyKind): PublicKey[] {
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const key = asUsage(() => parseVerifier(line.trim()));
    if (key.kind !== kind) throw new Usage(`${key.name} is the key of a ${key.kind === 'note' ? 'log' : 'witness'}`);
    return key;
  });
}

/** The origin given, or the name that all keys of a log share. */
export function originOf(given: string | undefined, keys: readonly PublicKey[]): string {
  const names = new Set(keys.map(({ name }) => name));
  const [name] = names;
  if (given !== undefined) return given;
  if (name === undefined || names.size > 1)
    throw new Usage('the keys have several names: --origin says which log is meant');
  return name;
}

export function wholeNumber(text: string, what: string, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most) throw new Usage(`${what} is a number from 0 to ${most}`);
  return number;
}

export async function fileArgument(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new CannotCheck(`${file}: ${error.code}`, { cause: error });
  });
}

export function asUsage<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof MalformedError) throw new Usage(error.message, { cause: error });
    throw error;
  }
}
