import type { Verdict } from '../check/check-log.ts';
import type { LogSource } from '../check/source.ts';
import type { State } from '../check/state-file.ts';
import { UnverifiedError } from '../errors.ts';
import { type PublicKey, parseVerifier, verifierKey } from '../keys.ts';
import { openNote } from '../note.ts';
import { asUsage } from './arguments.ts';
import { Usage } from './outcome.ts';

export interface Trusted {
  readonly keys: readonly PublicKey[];
  /** Nobody vouched for them but the log itself. */
  readonly onFirstUse: boolean;
}

/** Keys that were named, else those of the state, else what the log itself offers. */
export async function trustedKeys(
  named: readonly PublicKey[] | undefined,
  seen: State | null,
  source: LogSource,
): Promise<Trusted> {
  if (named !== undefined) return { keys: named, onFirstUse: false };
  if (seen !== null) return { keys: seen.keys.map(parseVerifier), onFirstUse: false };
  const offered = await offeredKeys(source);
  if (offered.length === 0) throw new Usage('the log offers no key of its own: --key names it');
  return { keys: offered, onFirstUse: true };
}

async function offeredKeys(source: LogSource): Promise<PublicKey[]> {
  const bytes = await source.read('key');
  const lines = bytes === null ? [] : Buffer.from(bytes).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => asUsage(() => parseVerifier(line)));
}

/**
 * Keys to believe the next time: also a new one that the log offers, if it signed the same checkpoint beside one that
 * was believed already. So a log moves to another key while its readers look on.
 */
export async function nextState(
  origin: string,
  keys: readonly PublicKey[],
  source: LogSource,
  verdict: Verdict,
): Promise<State> {
  if (verdict.note === null) throw new Error('a verdict without a note is no good one');
  const signatures = verdict.opened?.unknown ?? [];
  const offered = signatures.length === 0 ? [] : await offeredKeys(source);
  const fresh = offered.filter(({ name, id }) => signatures.some((line) => line.name === name && line.keyId === id));
  const proven = fresh.filter((key) => {
    try {
      return key.kind === 'note' && openNote(verdict.note ?? '', [key]).verified.length > 0;
    } catch (error) {
      if (error instanceof UnverifiedError) return false;
      throw error;
    }
  });
  return { origin, keys: [...keys, ...proven].map(verifierKey), note: verdict.note, leaves: verdict.leaves };
}
