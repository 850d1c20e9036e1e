import type { SeededPolicy } from './seeded-policy.ts';

/** What statements of reasons name as "Community rules: …" (`features/statements/rules.ts`), in full. */
export const COMMUNITY_RULES: SeededPolicy = {
  id: 'community-rules',
  effectiveFrom: '2026-11-20',
  content: {
    title: { en: 'Community rules', de: 'Gemeinschaftsregeln' },
    summary: {
      en: 'What is not allowed here, what follows from it, and how to object.',
      de: 'Was hier nicht erlaubt ist, was daraus folgt und wie man sich wehrt.',
    },
    categories: [
      {
        id: 'people',
        title: { en: 'Towards people', de: 'Gegenüber Menschen' },
        rules: [
          {
            id: 'hate-speech',
            number: '1.1',
            category: 'hate',
            title: { en: 'Hate speech', de: 'Hassrede' },
            text: {
              en: 'Do not attack people for what they are: their origin, faith, sex, sexuality or disability.',
              de: 'Greif niemanden an für das, was er oder sie ist: für Herkunft, Glauben, Geschlecht, Sexualität oder Behinderung.',
            },
          },
          {
            id: 'harassment',
            number: '1.2',
            category: 'harassment',
            title: { en: 'Harassment', de: 'Belästigung' },
            text: {
              en: 'Do not pursue, humiliate or intimidate a person, nor call on others to do it.',
              de: 'Verfolge, erniedrige und bedränge niemanden, und ruf andere nicht dazu auf.',
            },
          },
          {
            id: 'insults',
            number: '1.3',
            category: 'toxicity',
            title: { en: 'Insults', de: 'Beleidigungen' },
            text: {
              en: 'Do not insult people. Criticism of what somebody does is welcome, also when it is sharp.',
              de: 'Beleidige niemanden. Kritik an dem, was jemand tut, ist willkommen, auch scharfe.',
            },
          },
          {
            id: 'threats',
            number: '1.4',
            category: 'threat',
            title: { en: 'Threats', de: 'Drohungen' },
            text: {
              en: 'Do not announce harm to a person or a group, and do not wish it on them.',
              de: 'Kündige niemandem Schaden an, weder einem Menschen noch einer Gruppe, und wünsch ihn niemandem.',
            },
          },
          {
            id: 'impersonation',
            number: '1.5',
            category: 'impersonation',
            title: { en: 'Impersonation', de: 'Identitätsanmaßung' },
            text: {
              en: 'Do not pose as somebody else, least of all as staff of this platform. Parody that says so is fine.',
              de: 'Gib dich nicht als jemand anderes aus, schon gar nicht als Team dieser Plattform. Parodie, die sich zu erkennen gibt, ist in Ordnung.',
            },
          },
          {
            id: 'private-data',
            number: '1.6',
            category: 'pii',
            title: { en: 'Private data', de: 'Private Daten' },
            text: {
              en: 'Do not publish private data of other people: addresses, telephone numbers, documents, where they are now.',
              de: 'Veröffentliche keine privaten Daten anderer: Anschriften, Telefonnummern, Dokumente, wo jemand gerade ist.',
            },
          },
        ],
      },
      {
        id: 'content',
        title: { en: 'What is shown and said', de: 'Was gezeigt und gesagt wird' },
        rules: [
          {
            id: 'violence',
            number: '2.1',
            category: 'violence',
            title: { en: 'Violence', de: 'Gewalt' },
            text: {
              en: 'Do not show cruelty for its own sake, and do not call for violence.',
              de: 'Zeig keine Grausamkeit um ihrer selbst willen, und ruf nicht zu Gewalt auf.',
            },
          },
          {
            id: 'terrorism',
            number: '2.2',
            category: 'terror',
            title: { en: 'Terrorist content', de: 'Terroristische Inhalte' },
            text: {
              en: 'Do not praise, support or call for terrorism.',
              de: 'Lobe und unterstütze keinen Terror, und ruf nicht dazu auf.',
            },
          },
          {
            id: 'sexual-content',
            number: '2.3',
            category: 'sexual',
            title: { en: 'Sexual content', de: 'Sexuelle Inhalte' },
            text: {
              en: 'Do not show nudity or sexual acts, and do not press people with sexual words.',
              de: 'Zeig keine Nacktheit und keine sexuellen Handlungen, und bedränge niemanden mit sexuellen Worten.',
            },
          },
          {
            id: 'minors',
            number: '2.4',
            category: 'minors',
            title: { en: 'Protection of minors', de: 'Schutz Minderjähriger' },
            text: {
              en: 'Nothing that endangers or sexualises minors. Admins see it first, and there is no second chance.',
              de: 'Nichts, was Minderjährige gefährdet oder sexualisiert. Das kommt zuerst vor die Admins, und eine zweite Chance gibt es nicht.',
            },
          },
          {
            id: 'self-harm',
            number: '2.5',
            category: 'self_harm',
            title: { en: 'Self-harm', de: 'Selbstverletzung' },
            text: {
              en: 'Do not encourage or instruct anybody to harm themselves. To speak of one’s own distress is no breach; it is answered with help.',
              de: 'Ermuntere niemanden dazu, sich etwas anzutun, und leite niemanden dazu an. Von der eigenen Not zu sprechen ist kein Verstoß; darauf folgt Hilfe.',
            },
          },
        ],
      },
      {
        id: 'property',
        title: { en: 'What belongs to others', de: 'Was anderen gehört' },
        rules: [
          {
            id: 'rights-of-others',
            number: '3.1',
            category: 'rights',
            title: { en: 'Rights of others', de: 'Rechte anderer' },
            text: {
              en: 'Do not use what belongs to others without their permission. For copyright there is a way of its own.',
              de: 'Nutze nicht ohne Erlaubnis, was anderen gehört. Für Urheberrechte gibt es einen eigenen Weg.',
            },
          },
          {
            id: 'fraud',
            number: '3.2',
            category: 'fraud',
            title: { en: 'Fraud', de: 'Betrug' },
            text: {
              en: 'Do not deceive people for gain.',
              de: 'Täusche niemanden, um daran zu verdienen.',
            },
          },
          {
            id: 'spam',
            number: '3.3',
            category: 'spam',
            title: { en: 'Spam', de: 'Spam' },
            text: {
              en: 'No unasked-for, repeated or misleading advertising.',
              de: 'Keine unverlangte, wiederholte oder irreführende Werbung.',
            },
          },
        ],
      },
      {
        id: 'everything-else',
        title: { en: 'Everything else', de: 'Alles andere' },
        rules: [
          {
            id: 'other-breaches',
            number: '4.1',
            category: 'other',
            title: { en: 'Other breaches', de: 'Andere Verstöße' },
            text: {
              en: 'No list names everything. What plainly harms people or this platform is a breach too; the decision says what it was.',
              de: 'Keine Liste nennt alles. Was Menschen oder dieser Plattform erkennbar schadet, ist ebenfalls ein Verstoß; die Entscheidung sagt, was es war.',
            },
          },
        ],
      },
    ],
    ladder: [
      {
        title: { en: 'Held or removed', de: 'Zurückgehalten oder entfernt' },
        text: {
          en: 'A message that may break a rule waits for a moderator. What breaks one is not shown. A program may hold or block a message; you can always ask for a person.',
          de: 'Eine Nachricht, die eine Regel brechen könnte, wartet auf die Moderation. Was eine bricht, wird nicht gezeigt. Ein Programm kann Nachrichten zurückhalten oder sperren; du kannst immer einen Menschen verlangen.',
        },
      },
      {
        title: { en: 'Warning', de: 'Verwarnung' },
        text: {
          en: 'Words, and nothing else: the first breach is often a misunderstanding.',
          de: 'Worte und sonst nichts: Der erste Verstoß ist oft ein Missverständnis.',
        },
      },
      {
        title: { en: 'Timeout', de: 'Auszeit' },
        text: {
          en: 'For 5 to 60 minutes you cannot write in one chat.',
          de: 'Für 5 bis 60 Minuten kannst du in einem Chat nicht schreiben.',
        },
      },
      {
        title: { en: 'Channel ban', de: 'Sperre in einem Kanal' },
        text: {
          en: 'You cannot enter one channel. Elsewhere nothing changes.',
          de: 'Du kannst einen Kanal nicht betreten. Überall sonst ändert sich nichts.',
        },
      },
      {
        title: { en: 'Strike', de: 'Strike' },
        text: {
          en: 'It counts for 90 days. The first warns, the second warns harder, and a third that is active at the same time closes the account.',
          de: 'Er zählt 90 Tage. Der erste warnt, der zweite warnt deutlicher, und ein dritter, der zur selben Zeit aktiv ist, schließt das Konto.',
        },
      },
      {
        title: { en: 'Account closed for a time', de: 'Konto auf Zeit geschlossen' },
        text: {
          en: 'For 24 hours, 7 days or 30 days you reach your inbox, appeals and your data, and nothing else.',
          de: 'Für 24 Stunden, 7 Tage oder 30 Tage erreichst du dein Postfach, Einsprüche und deine Daten, sonst nichts.',
        },
      },
      {
        title: { en: 'Account closed for good', de: 'Konto dauerhaft geschlossen' },
        text: {
          en: 'For the gravest breaches. For endangering minors, terrorist content or fraud there is no appeal against it.',
          de: 'Für die schwersten Verstöße. Bei Gefährdung Minderjähriger, terroristischen Inhalten oder Betrug gibt es keinen Einspruch dagegen.',
        },
      },
    ],
    sections: [
      {
        title: { en: 'How it is decided', de: 'Wie entschieden wird' },
        paragraphs: [
          {
            en: 'Each decision is told with its reason: which rule, how it was noticed, who or what decided, until when, and how to object. It lies in your inbox.',
            de: 'Jede Entscheidung kommt mit ihrem Grund: welche Regel, wie es auffiel, wer oder was entschied, bis wann und wie man sich wehrt. Sie liegt in deinem Postfach.',
          },
          {
            en: 'You can appeal. Appeals are heard by somebody other than whoever decided, where there is another. If yours is accepted, everything that followed is undone.',
            de: 'Du kannst Einspruch einlegen. Darüber entscheidet jemand anderes als beim ersten Mal, wo es jemand anderen gibt. Hat er Erfolg, wird alles rückgängig gemacht, was daraus folgte.',
          },
        ],
      },
    ],
  },
};
