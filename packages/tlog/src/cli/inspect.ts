import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openSource, RefusedError, UnreachableError } from '../check/source.ts';
import { parseCheckpoint } from '../checkpoint.ts';
import { readTimestamp } from '../cosigned-text.ts';
import { MalformedError } from '../errors.ts';
import { parseNote } from '../note.ts';
import { parseReceipt, type Receipt } from '../receipt.ts';
import { onePositional } from './arguments.ts';
import { CannotCheck, exitCodes } from './outcome.ts';

export async function inspect(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const where = onePositional(positionals, 'checkpoint, receipt or log');
  try {
    const text = await textAt(where);
    const receipt = text.startsWith('c2sp.org/tlog-proof@') ? parseReceipt(text) : null;
    const shown = describe(receipt?.checkpoint ?? text, receipt);
    if (values.json) console.log(JSON.stringify(shown, null, 2));
    else for (const [what, value] of Object.entries(shown)) console.log(`${what}: ${asText(value)}`);
    return exitCodes.good;
  } catch (error) {
    const foreseen = [MalformedError, UnreachableError, RefusedError].some((kind) => error instanceof kind);
    if (foreseen) throw new CannotCheck((error as Error).message, { cause: error });
    throw error;
  }
}

async function textAt(where: string): Promise<string> {
  const file = await stat(where).catch(() => null);
  if (file?.isFile()) return readFile(where, 'utf8');
  const bytes = await (await openSource(where)).read('checkpoint');
  return Buffer.from(bytes ?? []).toString('utf8');
}

function describe(note: string, receipt: Receipt | null): Record<string, unknown> {
  const { text, signatures } = parseNote(note);
  const { origin, size, root, extensions } = parseCheckpoint(text);
  return {
    ...(receipt === null ? {} : { 'receipt for entry': receipt.index, 'hashes in its proof': receipt.proof.length }),
    ...(receipt?.extra === undefined ? {} : { 'entry it carries': Buffer.from(receipt.extra).toString('utf8') }),
    origin,
    size,
    root: Buffer.from(root).toString('base64'),
    ...(extensions === undefined ? {} : { extensions }),
    signatures: signatures.map(({ name, keyId, bytes }) => {
      const timestamp = readTimestamp(bytes);
      const when = timestamp === null ? '' : `, cosigned ${timestamp} s after 1970`;
      return `${name} (key ${keyId.toString(16).padStart(8, '0')}${when})`;
    }),
    'checked for its signatures': 'no',
  };
}

function asText(value: unknown): string {
  return Array.isArray(value) ? value.map((line) => `\n  ${line}`).join('') : String(value);
}
