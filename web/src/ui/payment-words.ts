import type { payments } from '@virgil/contract';
import type { TFunction } from 'i18next';

type Named = Pick<payments.Payment, 'purpose'> & { readonly payee: { readonly displayName: string } | null };

/** What a payment was for, in the page's language. `t` of the words `payments`. */
export function paymentFor({ payee, purpose }: Named, t: TFunction<'payments'>): string {
  if (purpose === 'tier') return t('what.tier');
  if (payee !== null) return t(`what.${purpose}`, { name: payee.displayName });
  return t(purpose === 'tip' ? 'what.tipGone' : 'what.patronageGone');
}
