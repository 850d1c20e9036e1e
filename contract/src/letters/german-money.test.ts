import { describe, expect, it } from 'vitest';
import { MONEY_LETTERS } from './german-money.ts';

const UNTIL = '2027-02-28T12:00:00.000Z';
const patronage = { of: 'patronage', channel: 'Mira Voss', amount: '400', currency: 'EUR' };
const tier = { of: 'tier', tier: 'pro', amount: '900', currency: 'EUR' };

describe('German letters about money', () => {
  it.each([
    [
      'subscription.started',
      { ...patronage, until: UNTIL, goesOn: 'true' },
      'Du bist jetzt Patron von Mira Voss. 4,00\u00a0€ wurden abgebucht. Die nächste Zahlung ist am 28. Februar 2027.',
    ],
    [
      'subscription.renewed',
      { ...tier, until: UNTIL, goesOn: 'false' },
      'Du bleibst auf der Stufe Pro. 9,00\u00a0€ wurden abgebucht. Es endet am 28. Februar 2027.',
    ],
    [
      'subscription.payment_failed',
      { ...patronage, until: UNTIL },
      'Die Zahlung von 4,00\u00a0€ für dein Patronat für Mira Voss kam nicht zustande. Bis zum 28. Februar 2027 wird es einmal am Tag versucht; bis dahin bleibt dir alles offen. Zahlen kannst du in den Einstellungen unter Abos.',
    ],
    [
      'subscription.ended',
      { ...patronage, reason: 'lapsed' },
      'Du bist nicht mehr Patron von Mira Voss. Drei Tage lang kam keine Zahlung. Es wird nichts mehr abgebucht.',
    ],
    [
      'subscription.price',
      { ...patronage, amount: '500', before: '400', beforeCurrency: 'EUR', from: UNTIL },
      'Dein Patronat für Mira Voss kostet 5,00\u00a0€ im Monat statt 4,00\u00a0€, von der ersten Zahlung am oder nach dem 28. Februar 2027 an. Wenn du das nicht willst, kündige in den Einstellungen unter Abos.',
    ],
    ['subscription.price', patronage, 'Dein Patronat für Mira Voss bleibt doch bei 4,00\u00a0€ im Monat.'],
    [
      'subscription.offer_ends',
      { ...patronage, until: UNTIL },
      'Mira Voss bietet nicht mehr an, Patron zu werden. Du bleibst es bis zum 28. Februar 2027; es wird nichts mehr abgebucht.',
    ],
    [
      'patronage.new',
      { patron: 'Juno', amount: '400', currency: 'EUR' },
      'Juno ist jetzt Patron deines Kanals, für 4,00\u00a0€ im Monat.',
    ],
  ])('%s', (kind, facts, letter) => {
    expect(MONEY_LETTERS[kind]?.(facts as Record<string, string>)).toBe(letter);
  });

  it('leaves the English letter where a fact is missing or unreadable', () => {
    for (const [kind, letter] of Object.entries(MONEY_LETTERS)) expect([kind, letter({})]).toEqual([kind, null]);
    const unreadable = { ...patronage, amount: 'four', until: UNTIL, goesOn: 'true' };
    expect(MONEY_LETTERS['subscription.started']?.(unreadable)).toBeNull();
  });
});
