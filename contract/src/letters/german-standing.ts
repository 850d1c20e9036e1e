/** German letters about strikes, penalties and appeals. */

import { paragraphs } from './moderation-letters.ts';

type Facts = Readonly<Record<string, string>>;
type Letter = (facts: Facts) => string | null;

export const GERMAN_APPEAL = 'Wenn du Einspruch einlegen willst, öffne die Einsprüche.';
const CANNOT_BE_APPEALED = 'Gegen diese dauerhafte Sperre ist wegen der Schwere des Verstoßes kein Einspruch möglich.';
const OPEN_AGAIN = 'Es sind weniger als drei Strikes aktiv, dein Konto ist also wieder offen.';
const ORDINALS = ['erster', 'zweiter', 'dritter', 'vierter', 'fünfter', 'sechster', 'siebter', 'achter', 'neunter'];

const dayOf = (instant: string): string =>
  new Intl.DateTimeFormat('de-DE', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(instant));

/** The paragraph below a letter that gave a strike. Null: facts that this page does not know. */
export function germanStrikeWarning({ strikeEndsAt, strikeNumber, strikeStep }: Facts): string | null {
  const number = Number(strikeNumber);
  if (!strikeEndsAt || !(number >= 1) || Number.isNaN(Date.parse(strikeEndsAt))) return null;
  const ordinal = ORDINALS[number - 1];
  const which = ordinal === undefined ? `Du hast ${number} aktive Strikes.` : `Das ist dein ${ordinal} aktiver Strike.`;
  const consequence = {
    warned: 'Drei zugleich sperren das Konto.',
    warned_harder: 'Ein dritter sperrt das Konto bis zu einem Einspruch oder bis nach 90 Tagen.',
    escalated: 'Ein Admin sieht sie sich an, bevor etwas Weiteres folgt.',
    banned: 'Das Konto ist gesperrt, bis weniger als drei aktiv sind, durch einen Einspruch oder nach 90 Tagen.',
  }[strikeStep ?? ''];
  return consequence === undefined ? null : `${which} ${consequence} Dieser endet am ${dayOf(strikeEndsAt)}.`;
}

const STRIKES = 'Drei Strikes sind zugleich aktiv';

function decidedAppeal(what: string): Letter {
  return ({ accountOpen, reason }) =>
    reason
      ? paragraphs(
          `Dein Einspruch wurde geprüft und ${what}. Grund: ${reason}. ${GERMAN_APPEAL}`,
          accountOpen && OPEN_AGAIN,
        )
      : null;
}

export const STANDING_LETTERS: Readonly<Record<string, Letter>> = {
  penalty_issued: ({ appealable, cause, reason }) =>
    reason
      ? `Gegen dein Konto wurde eine administrative Maßnahme verhängt. Grund: ${cause === 'strikes' ? STRIKES : reason}. ${
          appealable === 'true'
            ? `Die Entscheidung ist endgültig, wenn du keinen Einspruch einlegst. ${GERMAN_APPEAL}`
            : CANNOT_BE_APPEALED
        }`
      : null,
  penalty_ended: ({ cause, isOpen, reason }) => {
    const what =
      isOpen === 'false' ? 'Eine Sperre ist beendet; eine andere gilt weiter.' : 'Dein Konto ist wieder offen.';
    return reason ? `${what} Grund: ${cause === 'time' ? 'Die Zeit ist um' : reason}.` : null;
  },
  strike_ended: ({ accountOpen, active }) =>
    active
      ? paragraphs(
          `Ein Strike ist nach 90 Tagen abgelaufen. ${active === '0' ? 'Keiner ist mehr aktiv.' : `Noch aktiv: ${active}.`}`,
          accountOpen && OPEN_AGAIN,
        )
      : null,
  strikes_escalated: ({ active, name }) =>
    active && name
      ? `${name} hat ${active} aktive Strikes. Sie sperren kein Konto von selbst, also muss ein Admin entscheiden.`
      : null,
  appeal_submitted: () => `Dein Einspruch ist eingegangen und wird geprüft. ${GERMAN_APPEAL}`,
  appeal_accepted: decidedAppeal('angenommen'),
  appeal_denied: decidedAppeal('abgelehnt'),
  appeal_question: () => 'Zu deinem Einspruch gibt es eine Rückfrage. Antworte unter Einsprüche.',
  appeal_answer: ({ name }) => (name ? `${name} hat im eigenen Einspruch geschrieben.` : null),
};
