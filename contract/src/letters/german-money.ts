/** German letters about tips and subscriptions. Amounts and dates are facts of the notice; dates are UTC, as in the English letter. */

type Facts = Readonly<Record<string, string>>;
type Letter = (facts: Facts) => string | null;

const TIERS: Facts = { pro: 'Pro', premium: 'Premium' };

function money({ amount, currency }: Facts): string | null {
  const units = Number(amount);
  if (!Number.isInteger(units) || !/^[A-Z]{3}$/.test(currency ?? '')) return null;
  return new Intl.NumberFormat('de-DE', { style: 'currency', currency: currency ?? '' }).format(units / 100);
}

function date(instant: string | undefined): string | null {
  const at = new Date(instant ?? '');
  if (Number.isNaN(at.getTime())) return null;
  return new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

/** What one is, and what one pays for. */
function whatOf({ of, channel, tier }: Facts): { readonly role: string; readonly name: string } | null {
  if (of === 'patronage' && channel) return { role: `Patron von ${channel}`, name: `dein Patronat für ${channel}` };
  const word = TIERS[tier ?? ''];
  return of === 'tier' && word ? { role: `auf der Stufe ${word}`, name: `deine Stufe ${word}` } : null;
}

/** Null as soon as one of the facts is not there: then the English letter is shown. */
function say<Part extends string>(
  parts: Readonly<Record<Part, string | null>>,
  letter: (parts: Readonly<Record<Part, string>>) => string,
): string | null {
  if (Object.values(parts).some((part) => part === null)) return null;
  // None of them is null.
  return letter(parts as Readonly<Record<Part, string>>);
}

const REASONS: Facts = {
  cancelled: 'Du hattest gekündigt.',
  lapsed: 'Drei Tage lang kam keine Zahlung.',
  not_paid: 'Es kam keine Zahlung.',
  offer_ended: 'Der Kanal bietet es nicht mehr an.',
  banned: 'Eine Sperre schließt dich aus, darum wird dir nichts mehr abgebucht.',
  refunded: 'Was bezahlt war, wurde zurückgegeben.',
};

const paid =
  (verb: string): Letter =>
  (facts) =>
    say(
      { role: whatOf(facts)?.role ?? null, amount: money(facts), until: date(facts.until) },
      ({ amount, role, until }) =>
        facts.goesOn === 'true'
          ? `${verb} ${role}. ${amount} wurden abgebucht. Die nächste Zahlung ist am ${until}.`
          : `${verb} ${role}. ${amount} wurden abgebucht. Es endet am ${until}.`,
    );

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

export const MONEY_LETTERS: Readonly<Record<string, Letter>> = {
  'patronage.new': (facts) =>
    say(
      { patron: facts.patron ?? null, amount: money(facts) },
      ({ amount, patron }) => `${patron} ist jetzt Patron deines Kanals, für ${amount} im Monat.`,
    ),
  'subscription.started': paid('Du bist jetzt'),
  'subscription.renewed': paid('Du bleibst'),
  'subscription.payment_failed': (facts) =>
    say(
      { name: whatOf(facts)?.name ?? null, amount: money(facts), until: date(facts.until) },
      ({ amount, name, until }) =>
        `Die Zahlung von ${amount} für ${name} kam nicht zustande. Bis zum ${until} wird es einmal am Tag versucht; bis dahin ` +
        'bleibt dir alles offen. Zahlen kannst du in den Einstellungen unter Abos.',
    ),
  'subscription.payment_due': (facts) =>
    say(
      { name: whatOf(facts)?.name ?? null, amount: money(facts), until: date(facts.until) },
      ({ amount, name, until }) =>
        `Eine Zahlung von ${amount} für ${name} wartet auf dich. Zahl sie bis zum ${until} in den Einstellungen unter Abos; ` +
        'bis dahin bleibt dir alles offen.',
    ),
  'subscription.ended': (facts) =>
    say(
      { role: whatOf(facts)?.role ?? null, reason: REASONS[facts.reason ?? ''] ?? null },
      ({ reason, role }) => `Du bist nicht mehr ${role}. ${reason} Es wird nichts mehr abgebucht.`,
    ),
  'subscription.price': (facts) => {
    const price = money(facts);
    const name = whatOf(facts)?.name ?? null;
    if (facts.from === undefined) {
      return say({ name, price }, (known) => `${capital(known.name)} bleibt doch bei ${known.price} im Monat.`);
    }
    const before = money({ amount: facts.before ?? '', currency: facts.beforeCurrency ?? '' });
    return say(
      { name, price, before, from: date(facts.from) },
      (known) =>
        `${capital(known.name)} kostet ${known.price} im Monat statt ${known.before}, von der ersten Zahlung am oder nach dem ` +
        `${known.from} an. Wenn du das nicht willst, kündige in den Einstellungen unter Abos.`,
    );
  },
  'subscription.offer_ends': (facts) =>
    say(
      { channel: facts.channel ?? null, until: date(facts.until) },
      ({ channel, until }) =>
        `${channel} bietet nicht mehr an, Patron zu werden. Du bleibst es bis zum ${until}; es wird nichts mehr abgebucht.`,
    ),
};
