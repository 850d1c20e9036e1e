import { describe, expect, test } from 'vitest';
import { letterOf } from './letter.ts';

const reason = 'Rule 2, insults. Cool down, then welcome back.';

describe('the letter before it is sent', () => {
  test.each([
    [
      { act: 'approve', reason } as const,
      'Your message has been approved. Reason: Rule 2, insults. Cool down, then welcome back. If you want to appeal, open Appeals Center.',
    ],
    [
      { act: 'reject', reason } as const,
      'Your message has been permanently hidden. Reason: Rule 2, insults. Cool down, then welcome back. If you want to appeal, open Appeals Center.',
    ],
    [
      { act: 'timeout', minutes: 10, reason } as const,
      'You have been timed out for 10 minutes. Reason: Rule 2, insults. Cool down, then welcome back. If you want to appeal, open Appeals Center.',
    ],
    [
      { act: 'punish', type: 'ban', reason: 'Rule 5' } as const,
      'Punishment: Ban. Reason: Rule 5. If you want to appeal, open Appeals Center.',
    ],
  ])('is the source’s: %j', (decision, letter) => {
    expect(letterOf(decision, 'en')).toBe(letter);
  });

  test('is there in German for every act that sends one', () => {
    for (const decision of [
      { act: 'approve', reason },
      { act: 'reject', reason },
      { act: 'timeout', minutes: 5, reason },
      { act: 'punish', type: 'warning', reason },
      { act: 'punish', type: 'strike', reason },
      { act: 'punish', type: 'ban', reason },
    ] as const) {
      const letter = letterOf(decision, 'de');
      expect(letter).toContain('Grund: Rule 2, insults. Cool down, then welcome back.');
      expect(letter).toContain('öffne die Einsprüche.');
    }
    expect(letterOf({ act: 'escalate', trigger: 'threats' }, 'en')).toBeNull();
  });
});
