import { describe, expect, test } from 'vitest';
import { germanLetter } from './german-letter.ts';
import { noticeGoal } from './notice-goal.ts';

const data = {
  statementId: 's1',
  title: 'Nachtschicht',
  reason: 'Beschimpft Zuschauende.',
  category: 'toxicity',
  source: 'report',
  detection: 'false',
  decision: 'none',
  appealable: 'true',
};
const strike = {
  warning: 'strike_warning',
  strikeStep: 'warned_harder',
  strikeNumber: '2',
  strikeEndsAt: '2027-02-18T00:00:00Z',
};

describe('a statement of reasons in German', () => {
  test('says what, why, what one can do, and the strike last', () => {
    const text = germanLetter({ kind: 'statement.video_removed', data: { ...data, ...strike } });
    expect(text?.split('\n\n')).toEqual([
      'Dein Video „Nachtschicht“ wurde entfernt. Nur du und die Admins der Plattform können es sehen. ' +
        'Grund: Beschimpft Zuschauende. Wenn du Einspruch einlegen willst, öffne die Einsprüche.',
      'Das ist dein zweiter aktiver Strike. Ein dritter sperrt das Konto bis zu einem Einspruch oder bis nach 90 Tagen. ' +
        'Dieser endet am 18. Februar.',
    ]);
  });

  test.each([
    ['a warning nobody knows', { warning: 'strike_warning', strikeStep: 'unheard' }],
    ['no reason', { reason: '' }],
  ])('with %s stays as the server wrote it', (_what, change) => {
    expect(germanLetter({ kind: 'statement.strike', data: { ...data, ...change } })).toBeNull();
  });

  test.each([
    ['statement.message_rejected', {}, 'Deine Nachricht wurde dauerhaft verborgen. Grund: Beschimpft Zuschauende.'],
    ['statement.chat_timeout', { minutes: '45' }, 'Du kannst 45 Minuten lang nicht schreiben.'],
    ['statement.warning', {}, 'Maßnahme: Verwarnung.'],
    ['statement.strike', {}, 'Maßnahme: Strike.'],
    ['statement.channel_ban', {}, 'Maßnahme: Sperre.'],
    ['message_approved', {}, 'Deine Nachricht wurde freigegeben.'],
  ])('%s begins in its words and ends with what one can do', (kind, change, words) => {
    const text = germanLetter({ kind, data: { ...data, ...change } });
    expect(text?.startsWith(words)).toBe(true);
    expect(text?.endsWith('Wenn du Einspruch einlegen willst, öffne die Einsprüche.')).toBe(true);
  });

  test('leads to its own page', () => {
    expect(noticeGoal({ kind: 'statement.strike', data })).toEqual({ to: 'statement', id: 's1' });
    expect(noticeGoal({ kind: 'message_blocked', data })).toEqual({ to: 'statement', id: 's1' });
  });
});

test('a reporter hears the outcome, and the warning where there is one', () => {
  const outcome = germanLetter({
    kind: 'report_approved',
    data: { subjectType: 'message', restriction: 'message_removed' },
  });
  expect(outcome).toContain('eine Chatnachricht gemeldet');
  expect(outcome).toContain('Ein Admin hat es sich angesehen');
  const byModerator = { subjectType: 'comment', restriction: 'message_removed', decidedBy: 'moderator' };
  expect(germanLetter({ kind: 'report_approved', data: byModerator })).toBe(
    'Danke, dass du einen Kommentar gemeldet hast. Die Moderation hat es sich angesehen und gab dir recht: es wurde entfernt.',
  );
  const muted = { subjectType: 'user', abuse: 'mute', until: '2026-12-20T00:00:00Z' };
  expect(germanLetter({ kind: 'report_rejected', data: muted })).toContain('Bis zum 20. Dezember 2026');
});
