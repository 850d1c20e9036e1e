import type { channel as english } from '../en/channel.ts';
import type { SameWords } from '../shape.ts';

export const channel: SameWords<typeof english> = {
  about: 'Über den Kanal',
  aboutEmpty: '{{name}} hat hier noch nichts geschrieben.',
  report: 'Melden',
  edit: 'Kanal ändern',
  home: 'Sehen, wer live ist',
  role: { owner: 'Dein Kanal', moderator: 'Du moderierst hier', vip: 'Du bist hier VIP', patron: 'Du bist Patron' },
  off: '{{name}} sendet gerade nicht.',
  offText: 'Folge dem Kanal, dann sagt dir dein Posteingang, wenn er anfängt.',
  offFollowing: 'Du folgst dem Kanal. Dein Posteingang sagt dir, wenn er anfängt.',
  goLive: 'Live gehen',
  liveSince: 'Live seit {{duration}}',
  videos: 'Videos',
  noVideos: 'Noch keine Aufzeichnungen.',
  noVideosText: 'Wenn {{name}} einen aufgezeichneten Stream beendet, bleibt er hier.',
  past: 'Vergangene Streams',
  hasVideo: 'mit Aufzeichnung',
  team: 'Moderation',
  noTeam: 'Außer der Inhaberin oder dem Inhaber moderiert hier niemand.',
  manage: 'Verwalten',
};
