import { parseArgs } from 'node:util';
import { MalformedError, UnverifiedError } from '../errors.ts';
import { verifyReceipt } from '../receipt.ts';
import { fileArgument, onePositional, originOf, verifierArguments, wholeNumber } from './arguments.ts';
import { CannotCheck, exitCodes, Usage } from './outcome.ts';

const options = {
  key: { type: 'string', multiple: true },
  origin: { type: 'string' },
  entry: { type: 'string' },
  witness: { type: 'string', multiple: true },
  quorum: { type: 'string', default: '0' },
  json: { type: 'boolean', default: false },
} as const;

export async function verifyProof(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const file = onePositional(positionals, 'receipt (a .tlog-proof file)');
  const keys = verifierArguments(values.key ?? [], 'note');
  if (keys.length === 0) throw new Usage("--key names the log's verifier key; the receipt can't vouch for itself");
  const witnesses = verifierArguments(values.witness ?? [], 'cosignature');
  const log = {
    origin: originOf(values.origin, keys),
    keys,
    witnesses,
    quorum: wholeNumber(values.quorum, '--quorum', witnesses.length),
  };
  const text = (await fileArgument(file)).toString('utf8');
  const given = values.entry === undefined ? undefined : await fileArgument(values.entry);
  try {
    const { checkpoint, index, entry } = verifyReceipt(text, log, given);
    const shown = Buffer.from(entry).toString('utf8');
    if (values.json)
      console.log(JSON.stringify({ ok: true, origin: checkpoint.origin, index, size: checkpoint.size, entry: shown }));
    else console.log(`Entry ${index} of ${checkpoint.origin}, in its signed tree of ${checkpoint.size}:\n${shown}`);
    return exitCodes.good;
  } catch (error) {
    if (error instanceof MalformedError) throw new CannotCheck(error.message, { cause: error });
    if (!(error instanceof UnverifiedError)) throw error;
    if (values.json) console.log(JSON.stringify({ ok: false, reason: error.message }));
    else console.log(`UNSIGNED  ${error.message}`);
    return exitCodes.unsigned;
  }
}
