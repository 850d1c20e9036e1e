import { expect, test } from 'vitest';
import { clockOf, createFormat } from './format.ts';
import { languageFrom } from './language.ts';

const now = () => new Date('2026-11-20T20:00:00Z');
const english = createFormat('en', 'Europe/Berlin', now);
const german = createFormat('de', 'Europe/Berlin', now);

test('numbers and times follow the language and the time zone of the person', () => {
  expect(english.number(4812)).toBe('4,812');
  expect(german.number(4812)).toBe('4.812');
  expect(german.time('2026-11-20T20:04:00Z')).toBe('21:04');
  expect(createFormat('en', 'America/New_York', now).time('2026-11-20T20:04:00Z')).toBe('15:04');
});

test('a moment of today is a time, of this year a day, of another year a date', () => {
  expect(english.moment('2026-11-20T10:00:00Z')).toBe('11:00');
  expect(english.moment('2026-11-19T10:00:00Z')).toBe('19 Nov');
  expect(english.moment('2025-11-19T10:00:00Z')).toBe('19 November 2025');
});

test('midnight belongs to the person’s day, not to UTC’s', () => {
  expect(english.moment('2026-11-19T23:30:00Z')).toBe('00:30');
});

test('a time zone that the browser does not know is not an error', () => {
  expect(createFormat('en', 'Mars/Olympus', now).timeZone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
});

test.each([
  [0, '0:00', '0 s'],
  [59.9, '0:59', '59 s'],
  [61, '1:01', '1 min'],
  [3600, '1:00:00', '1 h'],
  [4329, '1:12:09', '1 h 12 min'],
  [-5, '0:00', '0 s'],
])('%d seconds read %s and %s', (seconds, clock, duration) => {
  expect(clockOf(seconds)).toBe(clock);
  expect(english.duration(seconds)).toBe(duration);
});

test.each([
  ['de', ['en-GB'], 'de'],
  [null, ['fr-FR', 'de-AT'], 'de'],
  [null, ['fr-FR'], 'en'],
  ['xx', ['de'], 'de'],
] as const)('remembered %s and browser %j speak %s', (remembered, browser, language) => {
  expect(languageFrom(remembered, browser)).toBe(language);
});

test('money has its currency’s sign and two digits, and a minus where it was taken', () => {
  expect(english.money({ amount: 81_320, currency: 'USD' })).toBe('$813.20');
  expect(english.money({ amount: -1_800, currency: 'EUR' })).toBe('−€18.00');
  expect(german.money({ amount: 81_320, currency: 'USD' })).toBe('813,20\u00a0$');
});
