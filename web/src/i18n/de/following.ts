import type { following as english } from '../en/following.ts';
import type { SameWords } from '../shape.ts';

export const following: SameWords<typeof english> = {
  title: 'Gefolgt',
  live: 'Jetzt live',
  all: 'Alle Kanäle, denen du folgst',
  search: 'Nach Namen suchen',
  noMatch: 'Du folgst keinem Kanal, der zu „{{q}}“ passt.',
  off: { title: 'Niemand, dem du folgst, ist live.', text: 'Sobald jemand davon anfängt, steht es hier.' },
  none: {
    title: 'Du folgst noch keinem Kanal.',
    text: 'Folge einem auf seiner Seite oder unter einem Stream, dann findest du ihn hier wieder.',
  },
  guest: { title: 'Melde dich an, um zu sehen, wem du folgst.', text: 'Folgen braucht ein Konto, Zusehen nicht.' },
};
