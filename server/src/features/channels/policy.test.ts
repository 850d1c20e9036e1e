import type { PlatformRole } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import {
  badgesOf,
  channelRoleOf,
  type GrantedRole,
  GUEST_STANDING,
  mayChangeSettings,
  mayEnterPatronOnly,
  mayFollow,
  mayGrant,
  mayReadMembers,
  type Standing,
} from './policy.ts';

function standing(what: Partial<Omit<Standing, 'granted'>> & { granted?: GrantedRole[] } = {}): Standing {
  return { ...GUEST_STANDING, signedIn: true, ...what, granted: new Set(what.granted ?? []) };
}
const staff = (platformRole: PlatformRole) => standing({ platformRole });

const people: [string, Standing, { role: string; patronOnly: boolean; members: boolean; owns: boolean }][] = [
  ['a guest', GUEST_STANDING, { role: 'guest', patronOnly: false, members: false, owns: false }],
  ['a viewer', standing(), { role: 'viewer', patronOnly: false, members: false, owns: false }],
  ['a follower', standing({ isFollowing: true }), { role: 'follower', patronOnly: false, members: false, owns: false }],
  ['a VIP', standing({ granted: ['vip'] }), { role: 'vip', patronOnly: false, members: false, owns: false }],
  ['a patron', standing({ granted: ['patron'] }), { role: 'patron', patronOnly: true, members: false, owns: false }],
  [
    'a VIP who is a patron too',
    standing({ granted: ['vip', 'patron'] }),
    { role: 'vip', patronOnly: true, members: false, owns: false },
  ],
  [
    'a moderator of the channel',
    standing({ granted: ['moderator'] }),
    { role: 'moderator', patronOnly: true, members: true, owns: false },
  ],
  ['the owner', standing({ isOwner: true }), { role: 'owner', patronOnly: true, members: true, owns: true }],
  ['a platform moderator', staff('moderator'), { role: 'viewer', patronOnly: true, members: false, owns: false }],
  ['an admin', staff('admin'), { role: 'viewer', patronOnly: true, members: true, owns: false }],
];

describe('what someone is on a channel', () => {
  test.each(people)('%s', (_name, who, expected) => {
    expect({
      role: channelRoleOf(who),
      patronOnly: mayEnterPatronOnly(who),
      members: mayReadMembers(who).allowed,
      owns: mayChangeSettings(who).allowed && mayGrant(who, false).allowed,
    }).toEqual(expected);
  });

  test('an owner cannot give a role to themselves', () => {
    expect(mayGrant(standing({ isOwner: true }), true)).toEqual({ allowed: false, code: 'own_content' });
  });

  test('nobody follows their own channel, and a guest must sign in first', () => {
    expect(mayFollow(standing({ isOwner: true }))).toEqual({ allowed: false, code: 'own_content' });
    expect(mayFollow(GUEST_STANDING)).toEqual({ allowed: false, code: 'sign_in_required' });
    expect(mayFollow(standing())).toEqual({ allowed: true });
  });

  test('badges show every role that stacks, and staff', () => {
    expect(badgesOf(standing({ granted: ['vip', 'patron'], platformRole: 'admin' }))).toEqual([
      'vip',
      'patron',
      'staff',
    ]);
    expect(badgesOf(GUEST_STANDING)).toEqual([]);
  });
});
