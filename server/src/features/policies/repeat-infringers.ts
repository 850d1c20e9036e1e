import type { SeededPolicy } from './seeded-policy.ts';

/** 17 U.S.C. § 512(i)(1)(A): adopted, reasonably implemented, and told to everybody. */
export const REPEAT_INFRINGERS: SeededPolicy = {
  id: 'repeat-infringers',
  effectiveFrom: '2026-11-20',
  content: {
    title: { en: 'Repeat infringers', de: 'Wiederholte Rechtsverletzungen' },
    summary: {
      en: 'Three active strikes close an account. Strikes end after 90 days, and a successful answer takes them back.',
      de: 'Drei aktive Strikes schließen ein Konto. Strikes enden nach 90 Tagen, und wer erfolgreich widerspricht, verliert sie.',
    },
    sections: [
      {
        title: { en: 'What counts', de: 'Was zählt' },
        paragraphs: [
          {
            en: 'Each approved notice of claimed infringement is a strike. Several notices of one day about one work, its stream, its recording and what was made of it are one strike.',
            de: 'Jede Meldung, der stattgegeben wurde, ist ein Strike. Mehrere Meldungen eines Tages zu einem Werk, seinem Stream, seiner Aufzeichnung und allem daraus sind ein Strike.',
          },
          {
            en: 'A strike is active for 90 days. The first and the second come with a warning in words. Strikes for other breaches of the rules count together with these.',
            de: 'Ein Strike ist 90 Tage lang aktiv. Der erste und der zweite kommen mit einer Warnung in Worten. Strikes für andere Regelverstöße zählen mit.',
          },
        ],
      },
      {
        title: { en: 'The third', de: 'Der dritte' },
        paragraphs: [
          {
            en: 'Whoever has three active strikes at once is a repeat infringer: the account is closed by itself, at once and on every device. Its owner can still sign in to read the inbox, appeal, answer notices and take their data along.',
            de: 'Wer drei Strikes zugleich aktiv hat, hat wiederholt Rechte verletzt: Das Konto schließt sich von selbst, sofort und auf allen Geräten. Anmelden bleibt möglich, um das Postfach zu lesen, Einspruch einzulegen, auf Meldungen zu antworten und die eigenen Daten mitzunehmen.',
          },
          {
            en: 'An admin may close an account sooner where the infringement is blatant.',
            de: 'Ein Admin kann ein Konto früher schließen, wenn die Verletzung offenkundig ist.',
          },
        ],
      },
      {
        title: { en: 'How strikes go', de: 'Wie Strikes vergehen' },
        paragraphs: [
          {
            en: 'A strike is lifted when the material is put back after a counter-notice, when the claimant retracts, or when an appeal succeeds. When fewer than three are active, an account that was closed for them opens again by itself.',
            de: 'Ein Strike wird aufgehoben, wenn der Inhalt nach einem Widerspruch zurückkommt, wenn die Meldung zurückgezogen wird oder wenn ein Einspruch Erfolg hat. Sind weniger als drei aktiv, öffnet sich ein deswegen geschlossenes Konto von selbst.',
          },
          {
            en: 'Notices that were rejected count for nothing.',
            de: 'Abgelehnte Meldungen zählen nicht.',
          },
        ],
      },
      {
        title: { en: 'Technical measures', de: 'Technische Schutzmaßnahmen' },
        paragraphs: [
          {
            en: 'This platform does not interfere with standard technical measures by which owners identify or protect their works (17 U.S.C. §\u00a0512(i)(1)(B)).',
            de: 'Diese Plattform behindert keine üblichen technischen Maßnahmen, mit denen Werke gekennzeichnet oder geschützt werden (17 U.S.C. §\u00a0512(i)(1)(B)).',
          },
        ],
      },
    ],
    categories: [
      {
        id: 'repetition',
        title: { en: 'Repetition', de: 'Wiederholung' },
        rules: [
          {
            id: 'three-strikes',
            number: '1',
            category: null,
            title: { en: 'Three strikes', de: 'Drei Strikes' },
            text: {
              en: 'Three strikes that are active at the same time close an account until fewer than three are.',
              de: 'Drei Strikes, die zur selben Zeit aktiv sind, schließen ein Konto, bis es weniger als drei sind.',
            },
          },
        ],
      },
    ],
    ladder: [],
  },
};
