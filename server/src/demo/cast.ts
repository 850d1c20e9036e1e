/** Who plays in the demo, and what they say. */
import type { Realm } from '@virgil/contract';

const domain = 'demo.virgil.example';

export const adminEmail = `admin@${domain}`;
export const moderator = { name: 'Cato', email: `moderator@${domain}` };
export const viewer = { name: 'Dante', email: `viewer@${domain}` };

export interface DemoChannel {
  readonly realm: Realm;
  readonly owner: { readonly name: string; readonly email: string };
  readonly title: string;
  readonly category: string;
  readonly words: string;
}

/** In the order in which they go live. */
export const channels: readonly DemoChannel[] = [
  {
    realm: 'purgatorio',
    owner: { name: 'Terrace Sessions', email: `terrace@${domain}` },
    title: 'Morning on the seventh terrace',
    category: 'Music',
    words: 'Slow arpeggios while the mist moves. Made by the program itself, for as long as you like.',
  },
  {
    realm: 'inferno',
    owner: { name: 'Ember Radio', email: `ember@${domain}` },
    title: 'Nachtschicht am Feuer',
    category: 'Musik',
    words: 'Tiefe Klänge und Funkenflug. Bild und Musik macht das Programm selbst.',
  },
  {
    realm: 'paradiso',
    owner: { name: 'Ninth Sphere', email: `sphere@${domain}` },
    title: 'A rose of lights, turning',
    category: 'Art',
    words: 'Nine rings, each at its own pace. Leave it on a second screen.',
  },
];

export const chatters: readonly { readonly name: string; readonly email: string }[] = [
  'Beatrice',
  'Lukas',
  'Amara',
  'Jonas',
  'Mei',
  'Sofía',
  'Till',
  'Noor',
].map((name, index) => ({ name, email: `chatter-${index + 1}@${domain}` }));

const everywhere = [
  'hi all, just found this',
  'Guten Abend zusammen!',
  'the latency is really low here',
  'ist das live oder aufgenommen?',
  'live, look at the second hand 😄',
  'stimmt, der Zeiger läuft mit meiner Uhr',
  'anyone else watching on the phone?',
  'ja, läuft auch über 4G ohne Ruckeln',
  'volume up ⬆️',
  'ich hab das beim Lernen an, danke dafür',
  'what key is this in?',
  'Klingt für mich nach Moll',
  'brb, making tea',
  'bring mir einen mit ☕',
  'the picture-in-picture button is handy',
  'wo stellt man das helle Design ein?',
  'settings, top right',
  'danke, gefunden!',
  'how long has this been running?',
  'seit dem Start, glaube ich',
  '👏👏👏',
  'following!',
  'Gruß aus Leipzig',
  'hello from Nairobi',
];

/** Said with a tip. */
export const tipWords: readonly string[] = [
  'For the next three hours of this.',
  'Danke für die Ruhe heute Abend.',
  'First tip ever, had to.',
  'Für neue Saiten, oder was immer da klingt.',
  'My cat says thank you too.',
  'Noch eine Runde, bitte!',
  'Greetings from the night train.',
  'Weil es kein Morgen gibt. Doch, gibt es.',
];

export const lines: Readonly<Record<Realm, readonly string[]>> = {
  inferno: [
    'those embers 🔥',
    'so warm in here',
    'die Funken sind hypnotisch',
    'bass is rumbling my desk',
    'perfekt für die Nachtschicht',
    'abandon all hope of going to bed early',
    'lasst die Hoffnung auf Schlaf fahren 😅',
    'third circle has better snacks',
    ...everywhere,
  ],
  purgatorio: [
    'the mist rolling in, wow',
    'der Nebel ist wunderschön',
    'this is my new work playlist',
    'one terrace at a time',
    'Stufe für Stufe',
    'those mountains look like a paper cut-out',
    'wie ein Scherenschnitt, ja',
    'sunrise soon?',
    ...everywhere,
  ],
  paradiso: [
    'counting the rings… nine?',
    'neun, wie es sich gehört',
    'they turn in opposite directions',
    'so ruhig hier oben',
    'the music of the spheres, literally',
    'das Licht in der Mitte blendet fast',
    'saving this for bad days',
    'schwebt man hier eigentlich?',
    ...everywhere,
  ],
};
