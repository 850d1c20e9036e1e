import type { SeededPolicy } from './seeded-policy.ts';

/** How reports are dealt with, and when somebody's reports stop counting (Art. 23 DSA wants that said beforehand). */
export const REPORTING: SeededPolicy = {
  id: 'reporting',
  effectiveFrom: '2026-11-20',
  content: {
    title: { en: 'Reports', de: 'Meldungen' },
    summary: {
      en: 'Who may report what, who decides, who hears of it, and what happens to reports made to harm.',
      de: 'Wer was melden kann, wer entscheidet, wer davon erfährt, und was mit Meldungen geschieht, die schaden sollen.',
    },
    sections: [
      {
        title: { en: 'Reporting', de: 'Melden' },
        paragraphs: [
          {
            en: 'Anybody signed in can report a livestream, a video, a chat message or a person. Reports of one thing count together and are decided once. What concerns minors is looked at first.',
            de: 'Alle Angemeldeten können einen Livestream, ein Video, eine Chatnachricht oder eine Person melden. Meldungen derselben Sache zählen zusammen und werden einmal entschieden. Was Minderjährige betrifft, wird zuerst angesehen.',
          },
          {
            en: 'A person decides, never a program, and never about what is their own. Everybody who reported it hears the outcome. The person reported never learns who reported.',
            de: 'Ein Mensch entscheidet, nie ein Programm, und nie über Eigenes. Alle, die gemeldet haben, erfahren das Ergebnis. Die gemeldete Person erfährt nie, wer gemeldet hat.',
          },
        ],
      },
      {
        title: { en: 'Reports made to harm', de: 'Meldungen, die schaden sollen' },
        paragraphs: [
          {
            en: 'A report that was plainly made to harm somebody is rejected as abusive. The second one within 30 days brings a warning. The third one mutes: for 30 days, reports of that person are taken and set aside, so that they open nothing and raise nothing. An admin can end this sooner, and then what was before counts no more.',
            de: 'Eine Meldung, die erkennbar jemandem schaden sollte, wird als missbräuchlich abgelehnt. Die zweite binnen 30 Tagen bringt eine Warnung. Die dritte schaltet stumm: 30 Tage lang werden Meldungen dieser Person angenommen und beiseitegelegt, sodass sie nichts eröffnen und nichts verstärken. Ein Admin kann das früher beenden; dann zählt nicht mehr, was vorher war.',
          },
        ],
      },
    ],
    categories: [],
    ladder: [],
  },
};
