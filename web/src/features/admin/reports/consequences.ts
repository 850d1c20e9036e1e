/** What approving a report does, in the order of a list. Pure: words are the page's. */
import type { reports } from '@virgil/contract';

type Key =
  | `removes.${reports.AdminReport['subject']['type']}`
  | 'removesNothing'
  | 'strike'
  | 'sharesStrike'
  | 'bans'
  | 'nobody'
  | 'tells'
  | 'tellsReporters';

export interface Consequence {
  readonly key: Key;
  readonly values: { readonly name: string; readonly number: number; readonly count: number };
}

export function consequencesOf({
  consequence,
  report,
}: Pick<reports.ReportDetails, 'consequence' | 'report'>): Consequence[] {
  const { bans, removes, sharesStrike, strikeNumber } = consequence;
  const isPerson = report.subject.type === 'user';
  const keys: Key[] = [removes || isPerson ? `removes.${report.subject.type}` : 'removesNothing'];
  if (strikeNumber === null) keys.push('nobody');
  else keys.push(sharesStrike ? 'sharesStrike' : 'strike');
  if (bans) keys.push('bans');
  if (strikeNumber !== null) keys.push('tells');
  keys.push('tellsReporters');
  const values = { name: report.owner?.displayName ?? '', number: strikeNumber ?? 0, count: report.voices };
  return keys.map((key) => ({ key, values }));
}
