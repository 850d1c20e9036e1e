import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { checkLog, type Verdict } from '../check/check-log.ts';
import {
  folderSource,
  httpSource,
  type LogSource,
  openSource,
  RefusedError,
  UnreachableError,
} from '../check/source.ts';
import { loadState, type State, saveState } from '../check/state-file.ts';
import { MalformedError, UnverifiedError } from '../errors.ts';
import { onePositional, originOf, verifierArguments } from './arguments.ts';
import { CannotCheck, exitCodes, Usage } from './outcome.ts';
import { nextState, trustedKeys } from './trusted-keys.ts';

const options = {
  state: { type: 'string' },
  key: { type: 'string', multiple: true },
  origin: { type: 'string' },
  token: { type: 'string' },
  entries: { type: 'string' },
  witness: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
} as const;

/** Of several servers one may be a moment behind: nobody is accused before a second look. */
const SECOND_LOOK_MS = 300;

export async function verify(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const where = onePositional(positionals, 'log (a URL or a folder)');
  const named = values.key && verifierArguments(values.key, 'note');
  const witnesses = verifierArguments(values.witness ?? [], 'cosignature');
  const token = values.token ?? process.env.TLOG_TOKEN;
  return orCannotCheck(async () => {
    const seen = values.state === undefined ? null : await loadState(values.state);
    const source = await openSource(where, token === undefined ? {} : { token });
    const trusted = await trustedKeys(named, seen, source);
    const origin = values.origin ?? seen?.origin ?? originOf(undefined, trusted.keys);
    if (seen !== null && seen.origin !== origin) throw new Usage(`the state is of another log, ${seen.origin}`);
    const entries = await entriesOf(values.entries, token, source);
    const look = () =>
      checkLog({
        source,
        origin,
        keys: trusted.keys,
        witnesses,
        ...(entries === null ? {} : { entries }),
        ...(seen === null ? {} : { seen }),
        ...(process.stderr.isTTY ? { progress: showProgress } : {}),
      });
    const first = await look();
    const verdict = first.findings.length === 0 ? first : await sleep(SECOND_LOOK_MS).then(look);
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    if (values.json) console.log(JSON.stringify(report(verdict, seen), null, 2));
    else explain(verdict, seen, trusted.onFirstUse);
    const [worst] = verdict.findings;
    if (worst !== undefined) return exitCodes[worst.kind];
    if (values.state !== undefined)
      await saveState(values.state, await nextState(origin, trusted.keys, source, verdict));
    return exitCodes.good;
  });
}

/** A folder or address that was named; else the log itself, when there is a token or when it shows them to everyone. */
async function entriesOf(
  named: string | undefined,
  token: string | undefined,
  log: LogSource,
): Promise<LogSource | null> {
  if (named !== undefined) return openEntries(named, token);
  if (token !== undefined) return log;
  try {
    const first = (await log.read('tile/entries/000')) ?? (await log.read('tile/entries/000.p/1'));
    return first === null ? null : log;
  } catch (error) {
    if (error instanceof RefusedError) return null;
    throw error;
  }
}

function openEntries(named: string, token: string | undefined): LogSource {
  return /^https?:\/\//.test(named) ? httpSource(named, token === undefined ? {} : { token }) : folderSource(named);
}

async function orCannotCheck(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const foreseen = [UnreachableError, RefusedError, MalformedError, UnverifiedError];
    if (foreseen.some((kind) => error instanceof kind))
      throw new CannotCheck((error as Error).message, { cause: error });
    throw error;
  }
}

function explain({ findings, opened, entriesChecked, note }: Verdict, seen: State | null, onFirstUse: boolean): void {
  const checkpoint = opened?.checkpoint;
  if (checkpoint) {
    console.log(
      `${checkpoint.origin}: ${checkpoint.size} entries, root ${Buffer.from(checkpoint.root).toString('base64')}`,
    );
  }
  for (const { kind, words } of findings) console.log(`${kind.toUpperCase()}  ${words}`);
  if (findings.length > 0) {
    if (note !== null) console.log(`\nThe checkpoint, as found:\n${note}`);
    if (seen !== null) console.log(`\nThe checkpoint seen before:\n${seen.note}`);
    return;
  }
  const witnesses = opened?.verified.filter(({ key }) => key.kind === 'cosignature') ?? [];
  console.log('The tree is the one that the log signed.');
  for (const { name, timestamp = 0 } of witnesses) {
    console.log(`Cosigned by ${name} on ${new Date(timestamp * 1000).toISOString()}.`);
  }
  if (seen !== null) console.log('It contains all that was seen the last time, unchanged.');
  else console.log('Nothing was seen before: with --state, the next check also tells whether anything changed since.');
  if (entriesChecked > 0) console.log(`All ${entriesChecked} entries are those in the tree.`);
  else if (checkpoint && checkpoint.size > 0) console.log('The entries themselves were not read, their hashes were.');
  if (onFirstUse) console.log('The key was taken from the log itself; compare it with one from elsewhere.');
}

function report(verdict: Verdict, seen: State | null): object {
  const checkpoint = verdict.opened?.checkpoint;
  return {
    ok: verdict.findings.length === 0,
    origin: checkpoint?.origin ?? null,
    size: checkpoint?.size ?? null,
    root: checkpoint ? Buffer.from(checkpoint.root).toString('base64') : null,
    findings: verdict.findings,
    entriesChecked: verdict.entriesChecked,
    signatures: verdict.opened?.verified.map(({ name, timestamp }) => ({ name, timestamp })) ?? [],
    checkpoint: verdict.note,
    seenBefore: seen?.note ?? null,
  };
}

function showProgress(what: 'hashes' | 'entries', done: number, size: number): void {
  process.stderr.write(`\r\x1b[K${what}: ${done} of ${size}`);
}
