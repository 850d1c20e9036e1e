import type { home as english } from '../en/home.ts';
import type { SameWords } from '../shape.ts';

export const home: SameWords<typeof english> = {
  title: 'Jetzt live',
  lead: 'Gerade am meisten gesehen',
  busy: 'Auch viel los',
  watching_one: 'sieht seit {{duration}} zu',
  watching_other: 'sehen seit {{duration}} zu',
  filter: 'Reich',
  all: 'Alle',
  order: 'Die meistgesehenen zuerst',
  grid: 'Jetzt live',
  resultsFor: 'Jetzt live zu „{{q}}“',
  clear: 'Alles zeigen',
  empty: {
    title: 'Niemand ist live.',
    text: 'Um den Anfang zu machen, brauchst du eine Kamera und einen Titel.',
    act: 'Live gehen',
    search: 'Nichts, was gerade live ist, passt zu „{{q}}“.',
    searchText: 'Versuch es mit weniger Wörtern. Passende Kanäle, die nicht senden, stehen darunter.',
    realm: 'In {{realm}} ist niemand live.',
    realmText: 'In den anderen Reichen laufen {{count, number}} Streams.',
  },
  recordings: 'Was vorher lief',
  allVideos: 'Alle Videos',
  channels: 'Kanäle',
};
