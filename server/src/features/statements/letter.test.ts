/** The letters, word for word. `VIRGIL_SOURCE_DOCUMENT` names the document they come from, to compare with it too. */
import { readFileSync } from 'node:fs';
import { letters, type Restriction, restriction } from '@virgil/contract';
import { expect, test } from 'vitest';
import { type LetterFacts, letterOf } from './letter.ts';

const APPEAL = 'If you want to appeal, open Appeals Center.';
const FINAL = 'This permanent ban cannot be appealed due to the severity of the violation.';

const facts = (restriction: Restriction, more: Partial<LetterFacts> = {}): LetterFacts => ({
  restriction,
  title: null,
  reason: 'Insults.',
  minutes: null,
  isAppealable: true,
  warning: null,
  lead: null,
  ...more,
});

/** As the source document has them; `{…}` is what the facts above fill in. */
const SENTENCES: readonly (readonly [sentence: string, letter: string])[] = [
  ['Your message has been flagged for moderator review.', letters.FLAGGED],
  ['Your message has been approved. Reason: {reason}.', letters.approved('Insults.').text],
  ['Your message has been permanently hidden. Reason: {reason}.', letterOf(facts('message_rejected'))],
  [
    'You have been timed out for {duration} minutes. Reason: {reason}.',
    letterOf(facts('chat_timeout', { minutes: 45 })),
  ],
  ['Punishment: {type}. Reason: {reason}.', letterOf(facts('warning'))],
  ['Your account has received an administrative action. Reason: {reason}.', letterOf(facts('account_suspended'))],
  ['Your appeal has been submitted and is under review.', letters.appealSubmitted().text],
  [
    'Your appeal was reviewed and accepted. Reason: {resolutionText}.',
    letters.appealDecided('accepted', 'Insults.').text,
  ],
  ['Your appeal was reviewed and denied. Reason: {resolutionText}.', letters.appealDecided('denied', 'Insults.').text],
];
const filled = (sentence: string) =>
  sentence
    .replace(/\{reason\}|\{resolutionText\}/, 'Insults')
    .replace('{duration}', '45')
    .replace('{type}', 'Warning');

test.each(SENTENCES)('%s', (sentence, letter) => {
  const final = sentence.includes('administrative action') ? ' Decision is final unless appealed.' : '';
  expect(letter).toBe(`${filled(sentence)}${final} ${APPEAL}`);
});

const source = process.env.VIRGIL_SOURCE_DOCUMENT;
test.skipIf(source === undefined)('the source document has these very sentences', () => {
  const document = readFileSync(source ?? '', 'utf8');
  for (const [sentence] of SENTENCES) expect(document).toContain(sentence);
  for (const sentence of [APPEAL, FINAL, 'Decision is final unless appealed.']) expect(document).toContain(sentence);
});

test.each([
  ['warning', 'Warning'],
  ['strike', 'Strike'],
  ['channel_ban', 'Ban'],
] as const)('%s is the punishment %s', (kind, type) => {
  expect(letterOf(facts(kind))).toBe(`Punishment: ${type}. Reason: Insults. ${APPEAL}`);
});

test('a ban that cannot be appealed ends with the fixed sentence, and with no other', () => {
  expect(letterOf(facts('account_terminated', { isAppealable: false }))).toBe(
    `Your account has received an administrative action. Reason: Insults. ${FINAL}`,
  );
});

test('a strike’s warning follows as a paragraph of its own', () => {
  const warning = 'This is your first active strike.';
  expect(letterOf(facts('strike', { warning })).split('\n\n')).toEqual([
    `Punishment: Strike. Reason: Insults. ${APPEAL}`,
    warning,
  ]);
});

test.each(restriction.options)('%s says what one can do in its first paragraph, with or without own words', (kind) => {
  for (const lead of [null, 'Your words were kept back. Reason: insults.']) {
    const [first, ...rest] = letterOf(facts(kind, { lead, title: 'Night shift' })).split('\n\n');
    expect(first?.endsWith(` ${APPEAL}`)).toBe(true);
    expect(rest).toEqual([]);
  }
});

test.each([
  ['Spam.', 'Spam'],
  [' Spam. ', 'Spam'],
  ['Spam', 'Spam'],
  ['Why?', 'Why?'],
])('of the reason “%s” the sentence keeps “%s”', (reason, kept) => {
  expect(letterOf(facts('message_rejected', { reason }))).toContain(`Reason: ${kept}. If`);
});
