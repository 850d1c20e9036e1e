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
  ['a message', 'message', {}, ['decide.removes.message', 'decide.strike', 'decide.tells', 'decide.tellsReporters']],
  [
    'a person',
    'user',
    { removes: false },
    ['decide.removes.user', 'decide.strike', 'decide.tells', 'decide.tellsReporters'],
  ],
  [
    'what is gone',
    'video',
    { removes: false },
    ['decide.removesNothing', 'decide.strike', 'decide.tells', 'decide.tellsReporters'],
  ],
  [
    'a third strike',
    'video',
    { strikeNumber: 3, bans: true },
    ['decide.removes.video', 'decide.strike', 'decide.bans', 'decide.tells', 'decide.tellsReporters'],
  ],
  [
    'the second thing of one stream',
    'video',
    { sharesStrike: true },
    ['decide.removes.video', 'decide.sharesStrike', 'decide.tells', 'decide.tellsReporters'],
  ],
  [
    'an account that is gone',
    'video',
    { strikeNumber: null },
    ['decide.removes.video', 'decide.nobody', 'decide.tellsReporters'],
  ],
])('approving a report of %s', (_what, type, change, keys) => {
  expect(consequencesOf(details(type, change)).map(({ key }) => key)).toEqual(keys);
});
