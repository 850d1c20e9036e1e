import type { PolicyText } from './policy-text.ts';

/** What statements of reasons name as "Community rules: …" (`features/statements/rules.ts`), in full. */
export const COMMUNITY_RULES: PolicyText = {
  id: 'community-rules',
  versions: [
    {
      version: 1,
      effectiveFrom: '2026-11-20',
      title: { en: 'Community rules', de: 'Gemeinschaftsregeln' },
      summary: {
        en: 'What is not allowed here, what follows from it, and how to object.',
        de: 'Was hier nicht erlaubt ist, was daraus folgt und wie man sich wehrt.',
      },
      sections: [
        {
          title: { en: 'Towards people', de: 'Gegenüber Menschen' },
          paragraphs: [
            {
              en: 'Hate speech: attacking people for what they are, their origin, faith, sex, sexuality or disability.',
              de: 'Hassrede: Menschen angreifen für das, was sie sind, für Herkunft, Glauben, Geschlecht, Sexualität oder Behinderung.',
            },
            {
              en: 'Harassment: pursuing, humiliating or intimidating a person. Insults: insulting people. Threats: announcing harm to a person or a group.',
              de: 'Belästigung: einen Menschen verfolgen, erniedrigen oder einschüchtern. Beleidigungen: Menschen beleidigen. Drohungen: einem Menschen oder einer Gruppe Schaden ankündigen.',
            },
            {
              en: 'Impersonation: posing as somebody else. Private data: publishing private data of other people.',
              de: 'Identitätsanmaßung: sich als jemand anderes ausgeben. Private Daten: private Daten anderer veröffentlichen.',
            },
          ],
        },
        {
          title: { en: 'What is shown', de: 'Was gezeigt wird' },
          paragraphs: [
            {
              en: 'Violence: showing cruelty for its own sake and calling for violence. Terrorist content: praising, supporting or calling for terrorism.',
              de: 'Gewalt: Grausamkeit um ihrer selbst willen zeigen und zu Gewalt aufrufen. Terroristische Inhalte: Terror loben, unterstützen oder dazu aufrufen.',
            },
            {
              en: 'Sexual content: nudity and sexual acts. Protection of minors: everything that endangers or sexualises minors.',
              de: 'Sexuelle Inhalte: Nacktheit und sexuelle Handlungen. Schutz Minderjähriger: alles, was Minderjährige gefährdet oder sexualisiert.',
            },
            {
              en: 'Self-harm: encouraging or instructing anybody to harm themselves. Talking about one’s own distress is no breach; it is answered with help.',
              de: 'Selbstverletzung: jemanden dazu ermuntern oder anleiten. Von der eigenen Not zu sprechen ist kein Verstoß; darauf folgt Hilfe.',
            },
          ],
        },
        {
          title: { en: 'What belongs to others', de: 'Was anderen gehört' },
          paragraphs: [
            {
              en: 'Rights of others: using what belongs to others without their permission. For copyright there is a way of its own. Fraud: deceiving people for gain. Spam: unasked-for, repeated or misleading advertising.',
              de: 'Rechte anderer: nutzen, was anderen gehört, ohne ihre Erlaubnis. Für Urheberrechte gibt es einen eigenen Weg. Betrug: Menschen um des Gewinns willen täuschen. Spam: unverlangte, wiederholte oder irreführende Werbung.',
            },
          ],
        },
        {
          title: { en: 'What follows', de: 'Was daraus folgt' },
          paragraphs: [
            {
              en: 'What breaks a rule is removed, and each decision is told with its reason: which rule, how it was noticed, who decided, until when, and how to object. A breach can be a strike; three active strikes close an account. Strikes end after 90 days.',
              de: 'Was eine Regel bricht, wird entfernt, und jede Entscheidung kommt mit ihrem Grund: welche Regel, wie es auffiel, wer entschied, bis wann und wie man sich wehrt. Ein Verstoß kann ein Strike sein; drei aktive Strikes schließen ein Konto. Strikes enden nach 90 Tagen.',
            },
            {
              en: 'Every decision about you is in your inbox. Appeals are heard by somebody other than whoever decided, where there is another. A permanent ban for endangering minors, for terrorist content or for fraud cannot be appealed.',
              de: 'Jede Entscheidung über dich steht in deinem Postfach. Über Einsprüche entscheidet jemand anderes als beim ersten Mal, wo es jemand anderen gibt. Gegen eine dauerhafte Sperre wegen Gefährdung Minderjähriger, terroristischer Inhalte oder Betrugs gibt es keinen Einspruch.',
            },
          ],
        },
      ],
    },
  ],
};
