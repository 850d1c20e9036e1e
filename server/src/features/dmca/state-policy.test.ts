import type { DmcaStatus } from '@virgil/contract';
import { dmcaStatus } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import { type Act, mayCounter, moveOf } from './state-policy.ts';

const outcome = (status: DmcaStatus, act: Act): string => {
  const move = moveOf(status, act);
  return move.allowed ? move.to : `(${move.because})`;
};

describe('the road of a notice', () => {
  test.each<[Act, Partial<Record<DmcaStatus, string>>]>([
    ['chase', { incomplete: 'chased', chased: 'chased' }],
    ['void', { incomplete: 'void', chased: 'void' }],
    ['complete', { incomplete: 'incomplete', chased: 'chased' }],
    ['approve', { incomplete: '(incomplete)', chased: '(incomplete)', valid: 'approved' }],
    ['reject', { incomplete: '(incomplete)', chased: '(incomplete)', valid: 'rejected' }],
    [
      'counter',
      {
        incomplete: '(unknown)',
        chased: '(unknown)',
        void: '(unknown)',
        valid: '(unknown)',
        approved: 'counter_noticed',
        in_court: 'in_court',
      },
    ],
    ['court', { approved: 'in_court', counter_noticed: 'in_court' }],
    [
      'retract',
      {
        incomplete: 'retracted',
        chased: 'retracted',
        valid: 'retracted',
        approved: 'retracted',
        counter_noticed: 'retracted',
        in_court: 'retracted',
      },
    ],
    ['put_back', { counter_noticed: 'restored' }],
    ['court_end', { in_court: 'restored' }],
    ['overturn', { approved: 'restored' }],
    ['misrepresent', { rejected: 'rejected', restored: 'restored', retracted: 'retracted' }],
  ])('%s', (act, leads) => {
    const found = Object.fromEntries(dmcaStatus.options.map((status) => [status, outcome(status, act)]));
    const rest = Object.fromEntries(dmcaStatus.options.map((status) => [status, '(decided)']));
    expect(found).toEqual({ ...rest, ...leads });
  });

  test('nothing leads on from where a matter is closed', () => {
    const everything: Act[] = [
      'complete',
      'chase',
      'void',
      'approve',
      'reject',
      'court',
      'retract',
      'put_back',
      'court_end',
      'overturn',
    ];
    for (const closed of ['void', 'rejected', 'restored', 'retracted'] as const) {
      for (const act of everything) expect([closed, act, outcome(closed, act)]).toEqual([closed, act, '(decided)']);
    }
  });

  test('a second counter-notice is one too many, also in court', () => {
    expect(mayCounter({ status: 'in_court', hasCounter: true })).toEqual({ allowed: false, because: 'decided' });
    expect(mayCounter({ status: 'in_court', hasCounter: false })).toEqual({ allowed: true, to: 'in_court' });
  });
});
