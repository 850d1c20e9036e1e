import type { shell as english } from '../en/shell.ts';
import type { SameWords } from '../shape.ts';

export const shell: SameWords<typeof english> = {
  skip: 'Zum Inhalt springen',
  nav: { label: 'Hauptmenü', live: 'Live', following: 'Gefolgt', videos: 'Videos', home: 'Virgil, jetzt live' },
  search: { label: 'Suche', placeholder: 'Kanal, Titel, Kategorie', open: 'Suche öffnen' },
  goLive: 'Live gehen',
  studio: 'Studio',
  inbox: 'Posteingang',
  queue: 'Prüfliste',
  queueWaiting_one: 'Prüfliste, {{count, number}} wartet',
  queueWaiting_other: 'Prüfliste, {{count, number}} warten',
  inboxUnread_one: 'Posteingang, {{count, number}} neu',
  inboxUnread_other: 'Posteingang, {{count, number}} neu',
  account: {
    menu: 'Konto und Einstellungen',
    menuOf: 'Konto von {{name}}',
    channel: 'Mein Kanal',
    earnings: 'Einnahmen',
    settings: 'Einstellungen',
    users: 'Personen (Admin)',
    signOut: 'Abmelden',
    signedOut: 'Du bist abgemeldet.',
  },
  theme: { label: 'Licht', system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  language: 'Sprache',
  keys: {
    title: 'Tasten',
    intro:
      'Sie ruhen, während du schreibst und solange ein Dialog offen ist. Unter Einstellungen, Darstellung lassen sie sich abschalten.',
    search: 'Suchen',
    palette: 'Irgendwohin springen',
    help: 'Diese Tasten',
    back: 'Schließen oder Suche verlassen',
  },
  palette: {
    title: 'Irgendwohin springen',
    placeholder: 'Eine Seite, ein Kanal, ein Stream',
    pages: 'Seiten',
    live: 'Jetzt live',
    none: 'Nichts passt. Versuch es mit weniger Buchstaben.',
    results_one: '{{count}} Treffer',
    results_other: '{{count}} Treffer',
  },
  outage: {
    device: 'Du bist offline. Was du schreibst, bleibt hier und wird gesendet, sobald die Leitung wieder da ist.',
    server: 'Der Server antwortet nicht. Wir versuchen es weiter; die Seite zeigt, was sie hat.',
    back: 'Die Leitung ist wieder da.',
  },
  notices: 'Über diese Instanz',
  setup: 'Diese Instanz hat noch keinen Admin. Öffne den Link, den der erste Start im Terminal ausgegeben hat.',
  demo: 'Demo: Die Leute und Streams hier sind erfunden.',
  crash: {
    title: 'Diese Seite ist stehen geblieben.',
    text: 'Alles andere geht noch. Meist hilft es, die Seite neu zu laden.',
    reload: 'Neu laden',
  },
  notFound: {
    title: 'Diese Seite gibt es nicht mehr.',
    text: 'Vielleicht heißt der Kanal jetzt anders, oder in der Adresse steckt ein Fehler.',
  },
};
