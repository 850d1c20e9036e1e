/** German letters about payments that failed or went back, disputes and payouts. Amounts are facts of the notice. */

type Facts = Readonly<Record<string, string>>;
type Letter = (facts: Facts) => string | null;

const PURPOSES: Facts = { tip: 'Trinkgeld', patronage: 'Patronat', tier: 'Stufe der Plattform' };

function money({ amount, currency }: Facts): string | null {
  const units = Number(amount);
  if (!Number.isInteger(units) || !/^[A-Z]{3}$/.test(currency ?? '')) return null;
  return new Intl.NumberFormat('de-DE', { style: 'currency', currency: currency ?? '' }).format(units / 100);
}

const ofPayment =
  (say: (amount: string, purpose: string) => string): Letter =>
  (facts) => {
    const [amount, purpose] = [money(facts), PURPOSES[facts.purpose ?? '']];
    return amount !== null && purpose !== undefined ? say(amount, purpose) : null;
  };

const ofPayout =
  (say: (amount: string) => string): Letter =>
  (facts) => {
    const amount = money(facts);
    return amount === null ? null : say(amount);
  };

export const PAYMENT_LETTERS: Readonly<Record<string, Letter>> = {
  'payment.failed': ofPayment(
    (amount, purpose) => `Deine Zahlung von ${amount} (${purpose}) kam nicht zustande. Es wurde nichts abgebucht.`,
  ),
  'payment.refunded': ofPayment((amount, purpose) => `${amount} (${purpose}) sind auf dem Weg zurück zu dir.`),
  'payment.refundFailed': ofPayment(
    (amount, purpose) =>
      `Eine Rückzahlung von ${amount} (${purpose}) kam bei dir nicht an. Die Plattform geht dem nach.`,
  ),
  'earnings.refunded': ofPayment(
    (amount, purpose) =>
      `Von einer Zahlung an dich (${purpose}) wurden ${amount} zurückgegeben. Dein Anteil daran wurde zurückgenommen.`,
  ),
  'earnings.disputed': ofPayment(
    (amount, purpose) =>
      `Eine Bank bestreitet eine Zahlung an dich über ${amount} (${purpose}). Dein Anteil ist einbehalten, und bis sie ` +
      'entschieden hat, kann dir nichts ausgezahlt werden.',
  ),
  'earnings.disputeWon': ofPayment(
    (amount, purpose) =>
      `Die Bank hat für dich entschieden: Dein Anteil an der bestrittenen Zahlung über ${amount} (${purpose}) gehört dir wieder.`,
  ),
  'earnings.disputeLost': ofPayment(
    (amount, purpose) =>
      `Die Bank hat gegen dich entschieden: Dein Anteil an der Zahlung über ${amount} (${purpose}) wurde zurückgenommen.`,
  ),
  'payout.paid': ofPayout((amount) => `Deine Auszahlung von ${amount} wurde an deine Bank geschickt.`),
  'payout.failed': ofPayout(
    (amount) => `Deine Auszahlung von ${amount} war nicht möglich. Das Geld ist wieder in deinem Guthaben.`,
  ),
};
