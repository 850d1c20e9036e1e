import { type Money, tips } from '@virgil/contract';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TipRequest } from '../../api/tips.ts';
import { useFormat } from '../../i18n/format.ts';
import { minorUnitsOf } from '../../ui/amount.ts';

export const CHOICES = [200, 500, 1000, 2000] as const;
export type Choice = `${(typeof CHOICES)[number]}` | 'own';
type Currency = Money['currency'];

const CURRENCY_KEY = 'virgil.currency';

function rememberedCurrency(language: string): Currency {
  const kept = localStorage.getItem(CURRENCY_KEY);
  if (kept === 'USD' || kept === 'EUR' || kept === 'GBP') return kept;
  return language === 'de' ? 'EUR' : 'USD';
}

export type TipDraft = ReturnType<typeof useTipDraft>;

/** What is being given. Its key lives as long as the attempt: a retry under it is harmless. */
export function useTipDraft() {
  const { i18n } = useTranslation();
  const format = useFormat();
  const [choice, setChoice] = useState<Choice>('500');
  const [own, setOwn] = useState('');
  const [currency, setCurrencyState] = useState<Currency>(() => rememberedCurrency(i18n.language));
  const [message, setMessage] = useState('');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const typed = choice === 'own' ? minorUnitsOf(own) : Number(choice);
  const amount = typed !== null && typed >= tips.TIP_MIN && typed <= tips.TIP_MAX ? typed : null;

  return {
    choice,
    setChoice,
    own,
    setOwn,
    currency,
    setCurrency: useCallback((next: Currency) => {
      localStorage.setItem(CURRENCY_KEY, next);
      setCurrencyState(next);
    }, []),
    message,
    setMessage,
    /** Minor units; null while it is none that is taken. */
    amount,
    /** “5,00 €”; empty while there is none. */
    words: amount === null ? '' : format.money({ amount, currency }),
    renewKey: useCallback(() => setKey(crypto.randomUUID()), []),
    request(): TipRequest | null {
      if (amount === null) return null;
      const words = message.trim();
      return { amount, currency, idempotencyKey: key, ...(words === '' ? {} : { message: words }) };
    },
  };
}
