import type { reports } from '@virgil/contract';
import { expect, test } from 'vitest';
import { consequencesOf } from './consequences.ts';

type Details = Parameters<typeof consequencesOf>[0];
const details = (type: string, change: Partial<reports.ReportDetails['consequence']>): Details =>
  ({
    report: { subject: { type }, owner: { displayName: 'Mira' }, voices: 3 },
    consequence: { removes: true, strikeNumber: 1, sharesStrike: false, bans: false, ...change },
  }) as Details;

test.each([
  ['a message', 'message', {}, ['removes.message', 'strike', 'tells', 'tellsReporters']],
  ['a person', 'user', { removes: false }, ['removes.user', 'strike', 'tells', 'tellsReporters']],
  ['what is gone', 'video', { removes: false }, ['removesNothing', 'strike', 'tells', 'tellsReporters']],
  [
    'a third strike',
    'video',
    { strikeNumber: 3, bans: true },
    ['removes.video', 'strike', 'bans', 'tells', 'tellsReporters'],
  ],
  [
    'the second thing of one stream',
    'video',
    { sharesStrike: true },
    ['removes.video', 'sharesStrike', 'tells', 'tellsReporters'],
  ],
  ['an account that is gone', 'video', { strikeNumber: null }, ['removes.video', 'nobody', 'tellsReporters']],
])('approving a report of %s', (_what, type, change, keys) => {
  expect(consequencesOf(details(type, change)).map(({ key }) => key)).toEqual(keys);
});
