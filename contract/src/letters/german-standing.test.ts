import { describe, expect, test } from 'vitest';
import { germanLetter } from './german-letter.ts';
import { germanStrikeWarning } from './german-standing.ts';

describe('a strike warns in German', () => {
  const facts = { strikeEndsAt: '2027-02-18T10:00:00.000Z' };
  test.each([
    [
      '1',
      'warned',
      'Das ist dein erster aktiver Strike. Drei zugleich sperren das Konto. Dieser endet am 18. Februar.',
    ],
    [
      '2',
      'warned_harder',
      'Das ist dein zweiter aktiver Strike. Ein dritter sperrt das Konto bis zu einem Einspruch oder bis nach 90 Tagen. Dieser endet am 18. Februar.',
    ],
    ['12', 'banned', expect.stringContaining('Du hast 12 aktive Strikes. Das Konto ist gesperrt')],
    ['2', 'unknown', null],
    ['x', 'warned', null],
  ])('%s, %s', (strikeNumber, strikeStep, text) => {
    expect(germanStrikeWarning({ ...facts, strikeNumber, strikeStep })).toEqual(text);
  });
});

test('letters about penalties and appeals speak German', () => {
  const letter = (kind: string, data: Record<string, string>) => germanLetter({ kind, data });
  expect(letter('penalty_issued', { reason: 'Spam', appealable: 'true', decision: 'none' })).toBe(
    'Gegen dein Konto wurde eine administrative Maßnahme verhängt. Grund: Spam. Die Entscheidung ist endgültig, wenn du keinen Einspruch einlegst. ' +
      'Wenn du Einspruch einlegen willst, öffne die Einsprüche.',
  );
  expect(letter('penalty_issued', { reason: 'Betrug', appealable: 'false' })).toContain('kein Einspruch möglich');
  expect(letter('appeal_accepted', { reason: 'Ein Zitat', accountOpen: 'true' })).toBe(
    'Dein Einspruch wurde geprüft und angenommen. Grund: Ein Zitat. Wenn du Einspruch einlegen willst, öffne die Einsprüche.\n\n' +
      'Es sind weniger als drei Strikes aktiv, dein Konto ist also wieder offen.',
  );
  expect(letter('strike_ended', { active: '0' })).toBe(
    'Ein Strike ist nach 90 Tagen abgelaufen. Keiner ist mehr aktiv.',
  );
  expect(letter('appeal_denied', {})).toBeNull();
  expect(letter('appeal_question', {})).toContain('Rückfrage');
  expect(letter('appeal_answer', { name: 'Vic' })).toBe('Vic hat im eigenen Einspruch geschrieben.');
  expect(letter('appeal_answer', {})).toBeNull();
});
