import { describe, expect, test } from 'vitest';
import { germanLetter } from './german-letter.ts';
import { noticeGoal } from './notice-goal.ts';

const facts = { noticeId: 'n1', targetTitle: 'Nachtschicht', claimant: 'Rita Holder' };

describe('letters about notices in German', () => {
  test('name what happened, who claims what, both ways to answer, and the strike', () => {
    const letter = germanLetter({
      kind: 'dmca.approved',
      data: {
        ...facts,
        targetType: 'video',
        work: 'Das Lied „Hafenlichter“.',
        reason: 'Deutlich zu hören.',
        warning: 'strike_warning',
        strikeStep: 'warned',
        strikeNumber: '1',
        strikeEndsAt: '2027-05-30T12:00:00.000Z',
      },
    });
    for (const words of [
      'Dein Video „Nachtschicht“ wurde entfernt, weil Rita Holder',
      'Das genannte Werk: Das Lied „Hafenlichter“. Grund: Deutlich zu hören.',
      'widersprechen',
      'öffne die Einsprüche',
      'Das ist dein erster aktiver Strike.',
    ]) {
      expect(letter).toContain(words);
    }
  });

  test.each([
    ['dmca.rejected', { reason: 'Zitat.' }, 'abgelehnt'],
    ['dmca.counter_received', { putBackAt: '2027-03-16T04:00:00.000Z' }, '16. März 2027 um 04:00 Uhr (UTC)'],
    ['dmca.counter_received', {}, 'Gerichtsverfahren'],
    ['dmca.court_action', { court: 'D. Or.', reference: '3:27' }, 'D. Or., 3:27'],
    ['dmca.restored', { strikeLifted: 'true', accountOpen: 'true' }, 'Der Strike ist aufgehoben.'],
    ['dmca.retracted', { strikeLifted: 'true' }, 'zurückgezogen'],
    ['dmca.received', { title: 'X' }, 'wartet'],
    ['dmca.late', { title: 'X' }, 'zwölfte'],
    ['dmca.breach', { title: 'X' }, 'vierzehn'],
    ['dmca.agent_renewal', { renewBy: '2029-11-20' }, '2029-11-20'],
  ])('%s', (kind, data, words) => {
    expect(germanLetter({ kind, data: { ...facts, ...data } })).toContain(words);
  });

  test('lead the creator to the matter and an admin to the dossier', () => {
    expect(noticeGoal({ kind: 'dmca.approved', data: facts })).toEqual({ to: 'answer', id: 'n1' });
    expect(noticeGoal({ kind: 'dmca.restored', data: facts })).toEqual({ to: 'notice', id: 'n1' });
    expect(noticeGoal({ kind: 'dmca.received', data: facts })).toEqual({ to: 'noticeDesk', id: 'n1' });
    expect(noticeGoal({ kind: 'dmca.agent_renewal', data: {} })).toEqual({ to: 'agent' });
  });
});
