/** Words of notices: the first paragraph of a creator's letter, and what a claimant is written by e-mail. */
import type { Counter, Notice } from './store.ts';

const WORK_LENGTH = 280;

function shortened(text: string): string {
  const letters = [...text.replace(/\s+/g, ' ')];
  return letters.length <= WORK_LENGTH ? letters.join('') : `${letters.slice(0, WORK_LENGTH - 1).join('')}…`;
}
const withFullStop = (text: string): string => `${text.replace(/\.+$/, '')}.`;

/** Opens the statement of reasons: what happened, who claims what, why, and the second way to answer. */
export function takedownLetter(notice: Notice, reason: string) {
  const { claimantName, id, targetTitle, targetType } = notice;
  const work = shortened(notice.claimedWork);
  const isStream = targetType === 'livestream';
  const what = isStream
    ? `Your livestream “${targetTitle}” was ended and its recording is hidden`
    : `Your video “${targetTitle}” was removed`;
  return {
    kind: 'dmca.approved',
    text:
      `${what} because of a notice of claimed infringement by ${claimantName}. The work named: ${withFullStop(work)} ` +
      `Reason: ${withFullStop(reason)}\n\n` +
      'If it was removed by mistake, or if you may use the work, you can send a counter-notice. The claimant gets a ' +
      'copy of it, and unless they go to court, it comes back at the end of the tenth business day.',
    data: {
      noticeId: id,
      targetType: targetType ?? 'video',
      targetTitle,
      claimant: claimantName,
      work,
      reason,
    },
  };
}

export interface Mail {
  readonly subject: string;
  readonly text: string;
}

interface MailFacts {
  readonly notice: Notice;
  readonly counter: Counter | null;
  readonly statusUrl: string;
}

/** In both languages, like every letter to somebody whose language is not known. English first. */
export function claimantMail(kind: keyof typeof CLAIMANT_MAILS, facts: MailFacts): Mail {
  const { subject, en, de } = CLAIMANT_MAILS[kind](facts);
  const link = `Status: ${facts.statusUrl}`;
  return { subject, text: `${en}\n\n${de}\n\n${link}\n` };
}

const day = (at: Date | null): string => at?.toISOString().slice(0, 10) ?? '';

const CLAIMANT_MAILS = {
  received: () => ({
    subject: 'Your notice of claimed infringement arrived · Deine Meldung ist angekommen',
    en: 'Your notice arrived and is complete. A person decides about it. The link below is secret: whoever has it can follow the notice, retract it and report a court action.',
    de: 'Deine Meldung ist angekommen und vollständig. Ein Mensch entscheidet darüber. Der Link unten ist geheim: Wer ihn hat, kann die Meldung verfolgen, zurückziehen und ein Gerichtsverfahren melden.',
  }),
  approved: () => ({
    subject: 'The material was taken down · Der Inhalt wurde entfernt',
    en: 'The material you named was taken down. Its creator was told and may send a counter-notice; you would get a copy of it.',
    de: 'Der genannte Inhalt wurde entfernt. Wer ihn veröffentlicht hat, wurde benachrichtigt und kann widersprechen; davon bekämst du eine Kopie.',
  }),
  rejected: ({ notice }: MailFacts) => ({
    subject: 'Your notice was rejected · Deine Meldung wurde abgelehnt',
    en: `The material stays where it is. Reason: ${withFullStop(notice.decisionReason ?? '')}`,
    de: `Der Inhalt bleibt, wo er ist. Grund: ${withFullStop(notice.decisionReason ?? '')}`,
  }),
  counter_noticed: ({ counter, notice }: MailFacts) => ({
    subject: 'A counter-notice to your notice · Widerspruch gegen deine Meldung',
    en:
      'The creator sent a counter-notice under 17 U.S.C. § 512(g)(3). This is the copy of it.\n\n' +
      `${copyOf(counter)}\n\n` +
      (notice.status === 'in_court'
        ? 'You reported a court action, so the material stays down.'
        : `The material is put back at the end of the tenth business day, ${moment(notice.putBackAt)}, unless you report before that you filed an action seeking a court order. You can report it under the link below.`),
    de:
      notice.status === 'in_court'
        ? 'Es wurde widersprochen (Kopie oben). Du hast ein Gerichtsverfahren gemeldet, der Inhalt bleibt entfernt.'
        : `Es wurde widersprochen (Kopie oben). Der Inhalt kommt am Ende des zehnten Werktags zurück, ${moment(notice.putBackAt)}, wenn du nicht vorher ein Gerichtsverfahren meldest. Das geht unter dem Link unten.`,
  }),
  court_action: ({ notice }: MailFacts) => ({
    subject: 'Your court action is noted · Dein Gerichtsverfahren ist vermerkt',
    en: `Noted: ${notice.court ?? ''}, ${notice.courtReference ?? ''}. The material stays down.`,
    de: `Vermerkt: ${notice.court ?? ''}, ${notice.courtReference ?? ''}. Der Inhalt bleibt entfernt.`,
  }),
  restored: ({ notice }: MailFacts) => ({
    subject: 'The material was put back · Der Inhalt ist wieder da',
    en: `The material was put back on ${day(notice.restoredAt)}.`,
    de: `Der Inhalt ist seit ${day(notice.restoredAt)} wieder da.`,
  }),
  retracted: () => ({
    subject: 'Your notice is retracted · Deine Meldung ist zurückgezogen',
    en: 'You retracted your notice. What was taken down for it alone is back.',
    de: 'Du hast deine Meldung zurückgezogen. Was allein deswegen entfernt war, ist wieder da.',
  }),
} satisfies Record<string, (facts: MailFacts) => { subject: string; en: string; de: string }>;

const moment = (at: Date | null): string => `${at?.toISOString().slice(0, 16).replace('T', ' ') ?? ''} UTC`;

function copyOf(counter: Counter | null): string {
  if (counter === null) return '';
  const { address, email, materialLocation, name, phone, signature } = counter;
  return [
    `Name: ${name}`,
    `Address: ${address.replace(/\n/g, ', ')}`,
    `Telephone: ${phone}`,
    `E-mail: ${email}`,
    `Removed material and its place: ${materialLocation}`,
    'Under penalty of perjury: a good-faith belief that the material was removed by mistake or misidentification.',
    'Consent to the jurisdiction of the Federal District Court of that address (outside the United States: of any district in which the provider may be found), and to service of process from the claimant or their agent.',
    `Signature: ${signature}`,
  ].join('\n');
}
