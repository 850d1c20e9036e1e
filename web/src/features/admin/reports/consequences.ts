/** What approving a report does, in the order of a list. Pure: words are the page's. */
import type { reports } from '@virgil/contract';

type Key =
  | `decide.removes.${reports.AdminReport['subject']['type']}`
  | 'decide.removesNothing'
  | 'decide.strike'
  | 'decide.sharesStrike'
  | 'decide.bans'
  | 'decide.nobody'
  | 'decide.tells'
  | 'decide.tellsReporters';

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
  const keys: Key[] = [removes || isPerson ? `decide.removes.${report.subject.type}` : 'decide.removesNothing'];
  if (strikeNumber === null) keys.push('decide.nobody');
  else keys.push(sharesStrike ? 'decide.sharesStrike' : 'decide.strike');
  if (bans) keys.push('decide.bans');
  if (strikeNumber !== null) keys.push('decide.tells');
  keys.push('decide.tellsReporters');
  const values = { name: report.owner?.displayName ?? '', number: strikeNumber ?? 0, count: report.voices };
  return keys.map((key) => ({ key, values }));
}
