/**
 * The German translation of a notice. English is the letter, written by the server; this is fixed wording too, so
 * that a notice says the same to everybody. Null: a kind, or facts, that it does not know; then the English
 * letter is shown.
 */
import { DMCA_LETTERS } from './german-dmca.ts';
import { MONEY_LETTERS } from './german-money.ts';
import { PAYMENT_LETTERS } from './german-payments.ts';
import { GERMAN_APPEAL, STANDING_LETTERS } from './german-standing.ts';
import { STATEMENT_LETTERS } from './german-statements.ts';

type Facts = Readonly<Record<string, string>>;
type Letter = (facts: Facts) => string | null;

const CATEGORIES: Facts = {
  hate: 'Hassrede',
  harassment: 'Belästigung',
  threat: 'eine Drohung',
  sexual: 'sexuelle Inhalte',
  minors: 'Inhalte, die Minderjährige gefährden',
  self_harm: 'Selbstverletzung',
  spam: 'Spam',
  impersonation: 'das Ausgeben als jemand anderes',
  pii: 'persönliche Daten von jemandem',
  toxicity: 'Beleidigungen',
  terror: 'terroristische Inhalte',
  fraud: 'Betrug',
};

const ROLES: Facts = { user: 'Person', moderator: 'Moderation', admin: 'Admin' };
const TIERS: Facts = { free: 'Free', pro: 'Pro', premium: 'Premium' };

const TIP_COUNTS = 'Dein Trinkgeld ist angekommen und steht ohne sie da.';
const HELD = `Deine Nachricht wurde zur Prüfung durch die Moderation markiert. ${GERMAN_APPEAL}`;
const HELP =
  'Wenn du daran denkst, dir etwas anzutun: Du musst damit nicht allein sein. Im Notfall wähl 112. Mit jemandem ' +
  'sprechen kannst du jederzeit: 0800 111 0 111 oder 116 123 (Deutschland), 142 (Österreich), 143 (Schweiz), oder ' +
  'finde eine Nummer in deiner Nähe unter findahelpline.com.';

function about(name: string | undefined, say: (name: string) => string): string | null {
  return name ? say(name) : null;
}

/** Of a text that was held, `<kind>_held` and `<kind>_held_self_harm`, and that was blocked, `<kind>_blocked`. */
function ofText(kind: string, what: (name: string) => string, more?: string): Record<string, Letter> {
  const below = more === undefined ? '' : `\n\n${more}`;
  return {
    [`${kind}_held`]: () => `${HELD}${below}`,
    [`${kind}_held_self_harm`]: () => `${HELD}${below}\n\n${HELP}`,
    [`${kind}_blocked`]: ({ category, name, streamTitle, title }) =>
      about((streamTitle || title || name) && CATEGORIES[category ?? ''], (found) =>
        [
          `${what(streamTitle || title || name || '')} wurde nicht veröffentlicht. Grund: Ein Programm hat darin ${found}`,
          'erkannt, was die Regeln dieser Plattform verbieten. Noch hat kein Mensch es angesehen.',
          ...(more === undefined ? [] : [more]),
          GERMAN_APPEAL,
        ].join(' '),
      ),
  };
}

const LETTERS: Readonly<Record<string, Letter>> = {
  ...STANDING_LETTERS,
  ...STATEMENT_LETTERS,
  ...DMCA_LETTERS,
  'channel.moderator.granted': ({ channel }) => about(channel, (name) => `Du moderierst jetzt den Kanal von ${name}.`),
  'channel.vip.granted': ({ channel }) => about(channel, (name) => `Du bist jetzt VIP im Kanal von ${name}.`),
  'channel.patron.granted': ({ channel }) => about(channel, (name) => `Du bist jetzt Patron des Kanals von ${name}.`),
  'channel.moderator.revoked': ({ channel }) =>
    about(channel, (name) => `Du moderierst den Kanal von ${name} nicht mehr.`),
  'channel.vip.revoked': ({ channel }) => about(channel, (name) => `Du bist nicht mehr VIP im Kanal von ${name}.`),
  'channel.patron.revoked': ({ channel }) =>
    about(channel, (name) => `Du bist nicht mehr Patron des Kanals von ${name}.`),
  'livestream.started': ({ channel, title }) => about(channel && title, () => `${channel} ist live: ${title}`),
  export_ready: ({ expiresAt }) =>
    about(
      expiresAt?.slice(0, 10),
      (day) => `Die Kopie deiner Daten ist fertig. Sie kann bis ${day} heruntergeladen werden.`,
    ),
  erasure_asked: ({ erasesAt }) =>
    about(
      erasesAt?.slice(0, 10),
      (day) => `Dein Konto wird am ${day} gelöscht. Bis dahin kannst du das in den Einstellungen zurücknehmen.`,
    ),
  erasure_cancelled: () => 'Dein Konto wird nicht gelöscht.',
  tier_changed: ({ tier }) => about(TIERS[tier ?? ''], (word) => `Deine Stufe ist jetzt ${word}.`),
  role_changed: ({ role }) => about(ROLES[role ?? ''], (word) => `Deine Rolle auf der Plattform ist jetzt ${word}.`),
  reset_link_issued: () =>
    'Ein Admin hat einen Link ausgestellt, mit dem für dein Konto ein neues Passwort gesetzt werden kann.',
  bonus_reversed: ({ amount, reason }) =>
    about(
      amount && reason,
      () => `Ein Abschlussbonus von ${amount} wurde zurückgenommen. Grund: ${reason?.replace(/\.$/, '')}.`,
    ),
  'ledger.broken': ({ invariants }) =>
    about(
      invariants,
      (found) =>
        `Die nächtliche Prüfung der Bücher hat etwas gefunden, das nicht sein darf: ${found}. Was, zeigt die Seite Finanzen.`,
    ),
  ...ofText('message', (title) => `Deine Nachricht im Livestream „${title}“`),
  ...ofText('tip_message', (title) => `Die Nachricht mit deinem Trinkgeld im Livestream „${title}“`, TIP_COUNTS),
  ...ofText('comment', (title) => `Dein Kommentar zu „${title}“`),
  comment_cleared: ({ title }) =>
    about(
      title,
      (name) =>
        `Dein Kommentar zu „${name}“ wurde von den Leuten entfernt, die sich um den Kanal kümmern. Das ist keine ` +
        'Entscheidung der Plattform und zählt für nichts anderes.',
    ),
  ...ofText('direct_message', (name) => `Deine Nachricht an ${name}`),
  message_approved: ({ reason }) =>
    about(reason, (words) => `Deine Nachricht wurde freigegeben. Grund: ${words}. ${GERMAN_APPEAL}`),
  ...MONEY_LETTERS,
  ...PAYMENT_LETTERS,
};

/** `data`: of the notice. */
export function germanLetter({ data, kind }: { readonly kind: string; readonly data: Facts }): string | null {
  return LETTERS[kind]?.(data) ?? null;
}
