/** German letters about notices of claimed infringement. */
import { GERMAN_APPEAL, germanStrikeWarning } from './german-standing.ts';
import { paragraphs } from './moderation-letters.ts';

type Facts = Readonly<Record<string, string>>;
type Letter = (facts: Facts) => string | null;

const COUNTER =
  'Wenn es irrtümlich entfernt wurde oder du das Werk nutzen darfst, kannst du widersprechen. Die andere Seite bekommt ' +
  'eine Kopie, und wenn sie nicht vor Gericht geht, kommt es am Ende des zehnten Werktags zurück.';

const withFullStop = (text: string): string => `${text.replace(/\.+$/, '')}.`;

function minuteOf(instant: string): string | null {
  if (Number.isNaN(Date.parse(instant))) return null;
  const format = new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${format.format(new Date(instant))} Uhr (UTC)`;
}

function lifted({ accountOpen, strikeLifted }: Facts): string {
  return [
    strikeLifted === 'true' ? ' Der Strike ist aufgehoben.' : '',
    accountOpen === 'true' ? ' Es sind weniger als drei Strikes aktiv, dein Konto ist also wieder offen.' : '',
  ].join('');
}

export const DMCA_LETTERS: Readonly<Record<string, Letter>> = {
  'dmca.approved': (facts) => {
    const { claimant, reason, targetTitle, targetType, work } = facts;
    if (!claimant || !reason || targetTitle === undefined || !work) return null;
    const what =
      targetType === 'livestream'
        ? `Dein Livestream „${targetTitle}“ wurde beendet und seine Aufzeichnung verborgen`
        : `Dein Video „${targetTitle}“ wurde entfernt`;
    return paragraphs(
      `${what}, weil ${claimant} eine Verletzung von Urheberrechten gemeldet hat. Das genannte Werk: ${withFullStop(work)} Grund: ${withFullStop(reason)}`,
      `${COUNTER} ${GERMAN_APPEAL}`,
      facts.warning ? germanStrikeWarning(facts) : null,
    );
  },
  'dmca.rejected': ({ claimant, reason, targetTitle }) =>
    claimant && reason && targetTitle !== undefined
      ? `${claimant} hat eine Verletzung von Urheberrechten durch „${targetTitle}“ gemeldet. Die Meldung wurde abgelehnt; für dich ändert sich nichts. Grund: ${withFullStop(reason)}`
      : null,
  'dmca.counter_received': ({ putBackAt, targetTitle }) => {
    if (targetTitle === undefined) return null;
    const arrived = `Dein Widerspruch zu „${targetTitle}“ ist angekommen, und die andere Seite hat eine Kopie.`;
    if (putBackAt === undefined) return `${arrived} Es bleibt entfernt, solange das Gerichtsverfahren läuft.`;
    const when = minuteOf(putBackAt);
    return when && `${arrived} Es kommt am ${when} zurück, wenn die andere Seite nicht vorher vor Gericht geht.`;
  },
  'dmca.court_action': ({ claimant, court, reference, targetTitle }) =>
    claimant && court && reference && targetTitle !== undefined
      ? `${claimant} hat ein Gerichtsverfahren zu „${targetTitle}“ gemeldet: ${court}, ${reference}. Es bleibt entfernt, bis das Gericht entschieden hat.`
      : null,
  'dmca.restored': (facts) =>
    facts.targetTitle === undefined ? null : `„${facts.targetTitle}“ ist wieder da, wo es war.${lifted(facts)}`,
  'dmca.retracted': (facts) =>
    facts.claimant && facts.targetTitle !== undefined
      ? `${facts.claimant} hat die Meldung zu „${facts.targetTitle}“ zurückgezogen. Was allein deswegen entfernt war, ist wieder da.${lifted(facts)}`
      : null,
  'dmca.received': ({ title }) =>
    title === undefined ? null : `Eine Urheberrechtsmeldung wartet auf eine Entscheidung: „${title}“.`,
  'dmca.late': ({ title }) =>
    title === undefined
      ? null
      : `„${title}“ sollte nach einem Widerspruch zurückkommen und tat es nicht. Der zwölfte Werktag ist um; das Gesetz lässt vierzehn.`,
  'dmca.breach': ({ title }) =>
    title === undefined
      ? null
      : `„${title}“ kam nach einem Widerspruch nicht binnen vierzehn Werktagen zurück. Der Schutz nach 17 U.S.C. § 512(g) steht in Frage.`,
  'dmca.agent_renewal': ({ renewBy }) =>
    renewBy
      ? `Die Registrierung der benannten Stelle endet am ${renewBy}. Sie muss beim Copyright Office erneuert werden.`
      : null,
};
