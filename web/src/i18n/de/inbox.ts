import type { inbox as english } from '../en/inbox.ts';
import type { SameWords } from '../shape.ts';

export const inbox: SameWords<typeof english> = {
  title: 'Posteingang',
  show: 'Anzeigen',
  all: 'Alle',
  unread: 'Neu',
  new: 'Neu',
  search: 'Mitteilungen durchsuchen',
  read: 'Als gelesen markieren',
  readAll: 'Alle als gelesen markieren',
  none: 'Noch keine Mitteilungen.',
  noneText: 'Hier kommt an, was über dich entschieden wird und was Kanäle dir mitteilen.',
  noUnread: 'Nichts Neues.',
  noUnreadText: 'Neue Mitteilungen kommen hier von selbst an.',
  noMatch: 'Keine Mitteilung passt zu „{{q}}“.',
  guest: 'Melde dich an, um deine Mitteilungen zu lesen.',
  guestText: 'Jedes Konto hat seinen eigenen Posteingang.',
  goal: {
    subscriptions: 'Zu deinen Abos',
    earnings: 'Zu deinen Einnahmen',
    dossier: 'Zur Akte',
    channel: 'Zum Kanal',
    stream: 'Zum Stream',
    notice: 'Zur Meldung und zum Widerspruch',
    noticeDesk: 'Zur Meldung',
    agent: 'Zur benannten Stelle',
    statement: 'Gründe und was du tun kannst',
    appeals: 'Zu den Einsprüchen',
    data: 'Deine Daten',
    security: 'Konto und Sicherheit',
  },
};
