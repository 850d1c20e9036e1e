import { expect, test } from 'vitest';
import { germanLetter } from './german-letter.ts';
import { noticeGoal } from './notice-goal.ts';

test.each([
  ['channel.moderator.granted', { channel: 'Mira Voss' }, 'Du moderierst jetzt den Kanal von Mira Voss.'],
  ['channel.patron.revoked', { channel: 'Mira Voss' }, 'Du bist nicht mehr Patron des Kanals von Mira Voss.'],
  ['livestream.started', { channel: 'Mira Voss', title: 'Nachtschicht' }, 'Mira Voss ist live: Nachtschicht'],
  ['tier_changed', { tier: 'pro' }, 'Deine Stufe ist jetzt Pro.'],
  ['role_changed', { role: 'admin' }, 'Deine Rolle auf der Plattform ist jetzt Admin.'],
  [
    'bonus_reversed',
    { amount: 'USD 18.30', reason: 'Ein Standbild.' },
    'Ein Abschlussbonus von USD 18.30 wurde zurückgenommen. Grund: Ein Standbild.',
  ],
  [
    'ledger.broken',
    { invariants: 'I1, I2' },
    'Die nächtliche Prüfung der Bücher hat etwas gefunden, das nicht sein darf: I1, I2. Was, zeigt die Seite Finanzen.',
  ],
  [
    'message_held',
    {},
    'Deine Nachricht wurde zur Prüfung durch die Moderation markiert. Wenn du Einspruch einlegen willst, öffne die Einsprüche.',
  ],
])('%s is said in German', (kind, data: Record<string, string>, text) => {
  expect(germanLetter({ kind, data })).toBe(text);
});

test.each([
  [
    'comment_blocked',
    { title: 'Nachtschicht', category: 'spam' },
    'Dein Kommentar zu „Nachtschicht“ wurde nicht veröffentlicht.',
  ],
  ['direct_message_blocked', { name: 'Mira', category: 'hate' }, 'Deine Nachricht an Mira wurde nicht veröffentlicht.'],
  ['tip_message_held', {}, 'Deine Nachricht wurde zur Prüfung durch die Moderation markiert.'],
  ['comment_cleared', { title: 'Nachtschicht' }, 'Dein Kommentar zu „Nachtschicht“ wurde von den Leuten entfernt'],
])('%s names what it is about', (kind, data: Record<string, string>, words) => {
  expect(germanLetter({ kind, data })).toContain(words);
});

test('a blocked message names the stream and the reason', () => {
  const text = germanLetter({ kind: 'message_blocked', data: { streamTitle: 'Nachtschicht', category: 'toxicity' } });
  expect(text).toContain('„Nachtschicht“');
  expect(text).toContain('Beleidigungen');
});

test('the help text follows a held message about self-harm', () => {
  expect(germanLetter({ kind: 'message_held_self_harm', data: {} })).toContain('116 123');
});

test.each([
  ['raid_over', {}],
  ['tier_changed', { tier: 'platinum' }],
  ['channel.moderator.granted', {}],
  ['message_blocked', { streamTitle: 'x', category: 'unheard' }],
])('%s with unknown facts %j stays as the server wrote it', (kind, data: Record<string, string>) => {
  expect(germanLetter({ kind, data })).toBeNull();
});

test.each([
  ['message_blocked', { streamId: 's1' }, { to: 'appeals' }],
  ['message_held', { streamId: 's1' }, { to: 'stream', id: 's1' }],
  ['message_approved', {}, { to: 'appeals' }],
  ['direct_message_held', { toUserId: 'u1', name: 'Mira' }, { to: 'conversation', id: 'u1' }],
  ['comment_held', { videoId: 'v1' }, { to: 'video', id: 'v1' }],
  ['channel.vip.granted', { channelId: 'c1' }, { to: 'channel', id: 'c1' }],
  ['ledger.broken', { invariants: 'I1' }, { to: 'books' }],
  ['reset_link_issued', {}, { to: 'security' }],
  ['tier_changed', { tier: 'pro' }, null],
])('%s leads somewhere useful', (kind, data: Record<string, string>, goal) => {
  expect(noticeGoal({ kind, data })).toEqual(goal);
});
