import type { SeededPolicy } from './seeded-policy.ts';

/** How a notice goes, step by step, as the slice `dmca` does it. */
export const COPYRIGHT: SeededPolicy = {
  id: 'copyright',
  effectiveFrom: '2026-11-20',
  content: {
    title: { en: 'Copyright notices', de: 'Urheberrechtsmeldungen' },
    summary: {
      en: 'How to have your work taken down, what happens then, and how a creator can answer. After 17 U.S.C. §\u00a0512.',
      de: 'Wie du dein Werk entfernen lässt, was dann geschieht und wie man antworten kann. Nach 17 U.S.C. §\u00a0512.',
    },
    sections: [
      {
        title: { en: 'Sending a notice', de: 'Eine Meldung senden' },
        paragraphs: [
          {
            en: 'Anyone who holds a right, or acts for whoever does, can send a notice. No account is needed. The form asks for six things, and says which of them is missing.',
            de: 'Wer ein Recht hat oder für jemanden handelt, der es hat, kann eine Meldung senden. Ein Konto braucht es nicht. Das Formular fragt nach sechs Dingen und sagt, welches fehlt.',
          },
          {
            en: 'You declare under penalty of perjury that you may act for the owner. Whoever knowingly misrepresents that material infringes is liable for the damage, including costs and lawyers’ fees (17 U.S.C. §\u00a0512(f)). Quotation, criticism, parody and other fair use are not infringement: think of them first.',
            de: 'Du versicherst unter Strafandrohung für Meineid, dass du für die Rechteinhaberin oder den Rechteinhaber handeln darfst. Wer wissentlich falsch behauptet, ein Inhalt verletze Rechte, haftet für den Schaden samt Kosten und Anwaltshonoraren (17 U.S.C. §\u00a0512(f)). Zitat, Kritik, Parodie und andere erlaubte Nutzungen verletzen nichts: Denk zuerst daran.',
          },
          {
            en: 'You get a secret link under which you can follow the notice, take it back, or report a court action.',
            de: 'Du bekommst einen geheimen Link, unter dem du die Meldung verfolgst, zurückziehst oder ein Gerichtsverfahren meldest.',
          },
        ],
      },
      {
        title: { en: 'The decision', de: 'Die Entscheidung' },
        paragraphs: [
          {
            en: 'A person decides. If the notice is approved, a running livestream ends, its recording and everything made of it are hidden, and the creator gets a strike: one a day and work, however many notices there are. What was there is preserved as sealed evidence, and the decision stands in the public audit log.',
            de: 'Ein Mensch entscheidet. Wird der Meldung stattgegeben, endet ein laufender Livestream, seine Aufzeichnung und alles daraus wird verborgen, und es gibt einen Strike: einen je Tag und Werk, egal wie viele Meldungen kommen. Was da war, wird versiegelt als Beweis aufbewahrt, und die Entscheidung steht im öffentlichen Protokoll.',
          },
          {
            en: 'The creator is told who claims what and why, and can appeal or send a counter-notice. Your address, e-mail and telephone are not passed on.',
            de: 'Wer den Inhalt veröffentlicht hat, erfährt, wer was beansprucht und warum, und kann Einspruch einlegen oder widersprechen. Deine Anschrift, E-Mail und Telefonnummer werden nicht weitergegeben.',
          },
        ],
      },
      {
        title: { en: 'Counter-notice', de: 'Widerspruch' },
        paragraphs: [
          {
            en: 'A creator who believes in good faith, under penalty of perjury, that the material was removed by mistake or misidentification can say so. With it they accept the jurisdiction of a United States federal court, and the claimant gets the whole counter-notice with name, address, telephone and e-mail. That is what the law asks (17 U.S.C. §\u00a0512(g)).',
            de: 'Wer in gutem Glauben und unter Strafandrohung für Meineid überzeugt ist, dass der Inhalt irrtümlich oder durch Verwechslung entfernt wurde, kann das erklären. Damit wird die Zuständigkeit eines Bundesgerichts der Vereinigten Staaten anerkannt, und die andere Seite bekommt den ganzen Widerspruch mit Name, Anschrift, Telefon und E-Mail. So verlangt es das Gesetz (17 U.S.C. §\u00a0512(g)).',
          },
          {
            en: 'The material is put back at the end of the tenth business day after the counter-notice, unless the claimant has reported an action seeking a court order by then. Business days are Monday to Friday without the federal holidays of the United States, Inauguration Day included, in the time zone of the designated agent. The day of receipt is not counted. The strike is lifted at the same moment.',
            de: 'Der Inhalt kommt am Ende des zehnten Werktags nach dem Widerspruch zurück, wenn bis dahin kein Gerichtsverfahren gemeldet wurde. Werktage sind Montag bis Freitag ohne die Bundesfeiertage der Vereinigten Staaten, den Tag der Amtseinführung eingeschlossen, in der Zeitzone der benannten Stelle. Der Tag des Eingangs zählt nicht. Im selben Moment wird der Strike aufgehoben.',
          },
        ],
      },
      {
        title: { en: 'How long it is kept', de: 'Wie lange es aufbewahrt wird' },
        paragraphs: [
          {
            en: 'Notices, counter-notices and evidence are kept for four years after the matter closed: three years of limitation and one of margin. Only admins can open evidence, and each opening is logged.',
            de: 'Meldungen, Widersprüche und Beweise werden vier Jahre nach Abschluss aufbewahrt: drei Jahre Verjährung und eines dazu. Nur Admins können Beweise öffnen, und jede Öffnung wird protokolliert.',
          },
        ],
      },
    ],
    categories: [
      {
        id: 'works',
        title: { en: 'Works of others', de: 'Werke anderer' },
        rules: [
          {
            id: 'infringement',
            number: '1',
            category: 'copyright',
            title: { en: 'Using works of others', de: 'Nutzung fremder Werke' },
            text: {
              en: 'Show only what is yours, what you may use, or what the law lets you use. What a rights holder claims in a complete notice is taken down.',
              de: 'Zeig nur, was dir gehört, was du nutzen darfst oder was das Gesetz dir erlaubt. Was in einer vollständigen Meldung beansprucht wird, wird entfernt.',
            },
          },
        ],
      },
    ],
    ladder: [],
  },
};
