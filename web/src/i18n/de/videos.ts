import type { videos as english } from '../en/videos.ts';
import type { SameWords } from '../shape.ts';

export const videos: SameWords<typeof english> = {
  title: 'Videos',
  search: 'Titel durchsuchen',
  none: 'Noch keine Aufzeichnungen.',
  noneText: 'Ein aufgezeichneter Stream bleibt hier, wenn er endet.',
  noMatch: 'Kein Video passt zu „{{q}}“.',
  noMatchText: 'Versuch es mit weniger Wörtern.',
  toVideos: 'Alle Videos',
  broken: 'Das Video wurde nicht geladen.',
  brokenText: 'Die Seite drumherum funktioniert noch. Meist hilft ein zweiter Versuch.',
  yours: 'Dein Video',
  titleLabel: 'Titel',
  public: 'Öffentlich',
  publicHint: 'Alle dürfen es ansehen. Ausgeschaltet siehst nur du es.',
  publicPatron: 'Für Patrons aufgezeichnet; es bleibt bei ihnen.',
  publicRemoved: 'Eine Entscheidung hat es entfernt. Bis sie aufgehoben wird, lässt sich das nicht ändern.',
  removed: 'Durch eine Entscheidung am {{date}} entfernt. Nur wer es gemacht hat und Admins sehen diese Seite.',
  removedBecause: 'Der Grund: {{reason}}',
  removedReasons: 'Gründe und was sich tun lässt',
  withheld: 'Die Datei wird zurückgehalten.',
  report: 'Melden',
  nowPublic: 'Dieses Video dürfen jetzt alle ansehen.',
  nowPrivate: 'Dieses Video siehst jetzt nur noch du.',
};
