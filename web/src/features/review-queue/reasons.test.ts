import type { policies } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import { reasonText, rulesFor } from './reasons.ts';

const rule = (id: string, number: string, category: policies.PolicyRule['category']) => ({
  id,
  number,
  title: { en: id, de: id },
  text: { en: id, de: id },
  category,
});
const both = { en: '', de: '' };
const found = [
  {
    id: 'community-rules',
    version: 3,
    categories: [
      { id: 'people', title: both, rules: [rule('insults', '2.1', 'toxicity'), rule('hate', '2.2', 'hate')] },
      { id: 'spam', title: both, rules: [rule('spam', '3.1', 'spam')] },
    ],
  },
] as unknown as policies.Policy[];

describe('reasons to choose from', () => {
  test('are the rules in force, what fits the category first, each by its published place', () => {
    const reasons = rulesFor(found, 'spam', ({ number, title }) => `Rule ${number}, ${title.en}`);
    expect(reasons).toEqual([
      { reference: 'community-rules/3#spam', text: 'Rule 3.1, spam' },
      { reference: 'community-rules/3#insults', text: 'Rule 2.1, insults' },
      { reference: 'community-rules/3#hate', text: 'Rule 2.2, hate' },
    ]);
    expect(rulesFor([], 'spam', () => '')).toEqual([]);
  });

  test.each([
    [null, '  Calm down ', 'Calm down'],
    [{ reference: null, text: 'Rule 2, insults' }, '', 'Rule 2, insults'],
    [{ reference: null, text: 'Rule 2, insults.' }, 'Cool down.', 'Rule 2, insults. Cool down.'],
    [null, ' ', ''],
  ])('become one text: %j and “%s”', (chosen, own, text) => {
    expect(reasonText(chosen, own)).toBe(text);
  });
});
