/** German letters of statements of reasons, and of what came of a report. */
import { germanStrikeWarning } from './german-standing.ts';

type Facts = Readonly<Record<string, string>>;
type Letter = (facts: Facts) => string | null;

const APPEAL = 'Wenn du Einspruch einlegen willst, öffne die Einsprüche.';
const NO_APPEAL = 'Gegen diese dauerhafte Sperre ist wegen der Schwere des Verstoßes kein Einspruch möglich.';

const RULES: Facts = {
  hate: 'Regeln der Gemeinschaft: Hassrede.',
  harassment: 'Regeln der Gemeinschaft: Belästigung.',
  threat: 'Regeln der Gemeinschaft: Drohungen.',
  violence: 'Regeln der Gemeinschaft: Gewalt.',
  sexual: 'Regeln der Gemeinschaft: sexuelle Inhalte.',
  minors: 'Regeln der Gemeinschaft: Schutz von Minderjährigen.',
  self_harm: 'Regeln der Gemeinschaft: Selbstverletzung.',
  spam: 'Regeln der Gemeinschaft: Spam.',
  impersonation: 'Regeln der Gemeinschaft: sich als jemand anderes ausgeben.',
  pii: 'Regeln der Gemeinschaft: private Daten.',
  toxicity: 'Regeln der Gemeinschaft: Beleidigungen.',
  terror: 'Regeln der Gemeinschaft: terroristische Inhalte.',
  fraud: 'Regeln der Gemeinschaft: Betrug.',
  copyright: 'Urheberrecht: 17 U.S.C. § 512(c).',
  rights: 'Regeln der Gemeinschaft: Rechte anderer.',
  other: 'Regeln der Gemeinschaft: andere Verstöße.',
};
const FOUND: Facts = {
  report: 'Jemand hat es gemeldet.',
  rights_notice: 'Jemand hat Rechte daran geltend gemacht.',
  authority: 'Eine Behörde hat es verlangt.',
  own_initiative: 'Die Plattform hat es selbst bemerkt.',
};
const DECIDED: Facts = {
  none: 'Ein Mensch hat entschieden, kein Programm.',
  partly: 'Ein Mensch hat mit Hilfe eines Programms entschieden.',
  fully: 'Ein Programm hat entschieden; noch hat kein Mensch es angesehen.',
};

const paragraphs = (...lines: (string | null | undefined)[]): string => lines.filter(Boolean).join('\n\n');
const withFullStop = (text: string): string => `${text.replace(/\.+$/, '')}.`;
const minuteOf = (instant: string): string =>
  new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(instant),
  );

/** Rule and ways of deciding, what one can do, and the strike: what stands below the first paragraph of all of them. */
function reasons(facts: Facts, lead: string): string | null {
  const { appealable, category = '', decision = '', detection, source = '', warning } = facts;
  const rule = RULES[category];
  const found = source === 'own_initiative' && detection === 'true' ? 'Ein Programm hat es bemerkt.' : FOUND[source];
  const decided = DECIDED[decision];
  const strike = warning === undefined ? null : germanStrikeWarning(facts);
  if (rule === undefined || found === undefined || decided === undefined) return null;
  // A warning that cannot be said in German is not left out: then the letter is shown as it came.
  if (warning !== undefined && strike === null) return null;
  return paragraphs(lead, `${rule} ${found} ${decided}`, appealable === 'true' ? APPEAL : NO_APPEAL, strike);
}

const removed =
  (what: (title: string, facts: Facts) => string): Letter =>
  (facts) => {
    const title = facts.title ? ` „${facts.title}“` : '';
    return facts.reason ? reasons(facts, `${what(title, facts)} Grund: ${withFullStop(facts.reason)}`) : null;
  };

const THANKS: Facts = {
  livestream: 'Danke, dass du einen Livestream gemeldet hast.',
  video: 'Danke, dass du ein Video gemeldet hast.',
  message: 'Danke, dass du eine Chatnachricht gemeldet hast.',
  comment: 'Danke, dass du einen Kommentar gemeldet hast.',
  user: 'Danke, dass du eine Person gemeldet hast.',
};
const OUTCOMES: Facts = {
  livestream_ended:
    'Ein Admin hat es sich angesehen und gab dir recht: der Livestream wurde beendet, seine Aufzeichnung ist verborgen.',
  video_removed: 'Ein Admin hat es sich angesehen und gab dir recht: es wurde entfernt.',
  message_removed: 'Ein Admin hat es sich angesehen und gab dir recht: es wurde entfernt.',
  strike: 'Ein Admin hat es sich angesehen und gab dir recht. Die Person wurde benachrichtigt und bekam einen Strike.',
};

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
  'statement.strike': removed(
    () => 'Über dein Konto wurde eine Entscheidung getroffen. Entfernt wurde nichts von dir.',
  ),
  'statement.account_suspended': removed((_title, { until }) =>
    until ? `Dein Konto ist bis ${minuteOf(until)} (UTC) gesperrt.` : 'Dein Konto ist gesperrt.',
  ),
  'statement.account_terminated': removed(() => 'Dein Konto ist dauerhaft gesperrt.'),
  report_approved: ({ restriction = '', subjectType = '' }) => {
    const [thanks, outcome] = [THANKS[subjectType], OUTCOMES[restriction]];
    return thanks && outcome ? `${thanks} ${outcome}` : null;
  },
  report_rejected: (facts) => {
    const thanks = THANKS[facts.subjectType ?? ''];
    if (thanks === undefined) return null;
    const found =
      'Ein Admin hat es sich angesehen und keinen Verstoß gegen die Regeln gefunden, also wurde nichts unternommen. ' +
      'Wenn sich etwas ändert, melde es wieder.';
    return paragraphs(`${thanks} ${found}`, abuseOf(facts));
  },
  reporter_unmuted: () =>
    'Deine Meldungen zählen wieder. Was du von jetzt an meldest, wird angesehen wie bei allen anderen.',
};
