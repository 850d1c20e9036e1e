/** German letters of statements of reasons, and of what came of a report. */
import { GERMAN_APPEAL, germanStrikeWarning } from './german-standing.ts';
import { paragraphs, withoutFullStop } from './moderation-letters.ts';

type Facts = Readonly<Record<string, string>>;
type Letter = (facts: Facts) => string | null;

/** What one can do, and the strike: what stands below the first sentence of all of them. */
function withRedress(facts: Facts, lead: string): string | null {
  const strike = facts.warning === undefined ? null : germanStrikeWarning(facts);
  // A warning that cannot be said in German is not left out: then the letter is shown as it came.
  if (facts.warning !== undefined && strike === null) return null;
  return paragraphs(`${lead} ${GERMAN_APPEAL}`, strike);
}

const ofDecision =
  (what: (facts: Facts) => string | null): Letter =>
  (facts) => {
    const lead = what(facts);
    if (lead === null || !facts.reason) return null;
    return withRedress(facts, `${lead} Grund: ${withoutFullStop(facts.reason)}.`);
  };

const removed = (what: (title: string) => string): Letter =>
  ofDecision(({ title }) => what(title ? ` „${title}“` : ''));

/** `{duration}` is whole minutes. */
const timedOut = ({ minutes }: Facts): string | null =>
  minutes && /^\d+$/.test(minutes) ? `Du kannst ${minutes} Minuten lang nicht schreiben.` : null;

const THANKS: Facts = {
  livestream: 'Danke, dass du einen Livestream gemeldet hast.',
  video: 'Danke, dass du ein Video gemeldet hast.',
  message: 'Danke, dass du eine Chatnachricht gemeldet hast.',
  comment: 'Danke, dass du einen Kommentar gemeldet hast.',
  direct_message: 'Danke, dass du eine Nachricht gemeldet hast.',
  user: 'Danke, dass du eine Person gemeldet hast.',
};
const OUTCOMES: Facts = {
  livestream_ended:
    'Ein Admin hat es sich angesehen und gab dir recht: der Livestream wurde beendet, seine Aufzeichnung ist verborgen.',
  video_removed: 'Ein Admin hat es sich angesehen und gab dir recht: es wurde entfernt.',
  message_removed: 'Ein Admin hat es sich angesehen und gab dir recht: es wurde entfernt.',
  strike: 'Ein Admin hat es sich angesehen und gab dir recht. Die Person wurde benachrichtigt und bekam einen Strike.',
};

/** A moderator decided; without a word of who, an admin did. */
const byWhom = ({ decidedBy }: Facts, text: string): string =>
  decidedBy === 'moderator' ? text.replace(/^Ein Admin/, 'Die Moderation') : text;

function abuseOf({ abuse, until }: Facts): string | null {
  if (abuse === 'warn') {
    return (
      'Diese Meldung wurde als missbräuchlich eingestuft, wie eine zuvor. Bei einer weiteren werden deine Meldungen ' +
      'für 30 Tage beiseitegelegt.'
    );
  }
  if (abuse !== 'mute' || !until) return null;
  const day = new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(until));
  return (
    'Diese Meldung wurde als missbräuchlich eingestuft, wie andere zuvor. Bis zum ' +
    `${day} werden deine Meldungen angenommen, aber beiseitegelegt. Ein Admin kann das früher beenden.`
  );
}

export const STATEMENT_LETTERS: Readonly<Record<string, Letter>> = {
  'statement.livestream_ended': removed(
    (title) => `Dein Livestream${title} wurde beendet, seine Aufzeichnung ist verborgen.`,
  ),
  'statement.video_removed': removed(
    (title) => `Dein Video${title} wurde entfernt. Nur du und die Admins der Plattform können es sehen.`,
  ),
  'statement.message_removed': removed((title) => `Deine Nachricht${title} wurde entfernt.`),
  'statement.message_blocked': removed(() => 'Deine Nachricht wurde nicht veröffentlicht.'),
  'statement.message_rejected': ofDecision(() => 'Deine Nachricht wurde dauerhaft verborgen.'),
  'statement.chat_timeout': ofDecision(timedOut),
  'statement.warning': ofDecision(() => 'Maßnahme: Verwarnung.'),
  'statement.strike': ofDecision(() => 'Maßnahme: Strike.'),
  'statement.channel_ban': ofDecision(() => 'Maßnahme: Sperre.'),
  report_approved: (facts) => {
    const { restriction = '', subjectType = '' } = facts;
    const [thanks, outcome] = [THANKS[subjectType], OUTCOMES[restriction]];
    return thanks && outcome ? `${thanks} ${byWhom(facts, outcome)}` : null;
  },
  report_rejected: (facts) => {
    const thanks = THANKS[facts.subjectType ?? ''];
    if (thanks === undefined) return null;
    const found =
      'Ein Admin hat es sich angesehen und keinen Verstoß gegen die Regeln gefunden, also wurde nichts unternommen. ' +
      'Wenn sich etwas ändert, melde es wieder.';
    return paragraphs(`${thanks} ${byWhom(facts, found)}`, abuseOf(facts));
  },
  reporter_unmuted: () =>
    'Deine Meldungen zählen wieder. Was du von jetzt an meldest, wird angesehen wie bei allen anderen.',
};
