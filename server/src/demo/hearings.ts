/**
 * What makes work for moderators, and shows where it leads: lines that are held, one that was passed on to the admins,
 * a timeout with an appeal in which an admin asked something. Beside it two people who write to each other.
 */
import { say } from './matters.ts';
import type { DemoPerson } from './people.ts';

interface Hearings {
  readonly admin: DemoPerson;
  readonly moderator: DemoPerson;
  readonly viewer: DemoPerson;
  readonly crowd: readonly DemoPerson[];
  readonly streamIds: readonly string[];
}

/** Said in good humour, and still a threat to every rule: what a person is needed for. */
const JOKE = 'Ich bringe dich um, wenn du jetzt aufhörst 😄';
const ADDRESS = 'her address is 9 Ice Street, go there';

/** Once a data folder. */
export async function makeHearings({ admin, crowd, moderator, streamIds, viewer }: Hearings): Promise<void> {
  const [first, second, third] = streamIds;
  const [, lukas, amara, jonas, mei, sofia, , noor] = crowd;
  if (!first || !second || !third || !lukas || !amara || !jonas || !mei || !sofia || !noor) return;
  const known = await lukas.call<{ items: unknown[] }>('GET', '/api/v1/appeals?limit=1');
  if (known.items.length > 0) return;

  await writeTo(viewer, amara);
  await say(mei, first, 'skip this part and I will kill you 😂');
  await say(jonas, second, 'cheap followers and viewers, buy followers now');
  await say(sofia, first, 'send nudes');
  await say(noor, third, ADDRESS);
  await say(lukas, first, JOKE);
  await moderator.call('POST', `/api/v1/moderation/queue/${await heldItem(moderator, ADDRESS)}/escalate`, {
    trigger: 'threats',
    note: 'Names a street and sends people there. An admin should see whether it is somebody’s real address.',
  });
  await moderator.call('POST', `/api/v1/moderation/queue/${await heldItem(moderator, JOKE)}/timeout`, {
    minutes: 60,
    reason: 'Threatens the host, joke or not',
  });
  await appeal(lukas, admin);
}

async function heldItem(moderator: DemoPerson, text: string): Promise<string> {
  const { items } = await moderator.call<{ items: { id: string; preview: string }[] }>(
    'GET',
    '/api/v1/moderation/queue?limit=100',
  );
  const item = items.find(({ preview }) => preview === text);
  if (item === undefined) throw new Error(`“${text}” waits for nobody`);
  return item.id;
}

async function appeal(person: DemoPerson, admin: DemoPerson): Promise<void> {
  const { active } = await person.call<{ active: { kind: string; id: string }[] }>('GET', '/api/v1/penalties');
  const timeout = active.find(({ kind }) => kind === 'timeout');
  if (timeout === undefined) throw new Error(`${person.name} has no timeout to appeal`);
  const { id } = await person.call<{ id: string }>('POST', '/api/v1/appeals', {
    subject: { type: 'timeout', id: timeout.id },
    reason: 'Das war ein Scherz unter Freunden: Wir kennen uns seit Jahren, und der halbe Chat hat gelacht.',
  });
  await admin.call('POST', `/api/admin/appeals/${id}/messages`, {
    message: 'Gibt es eine Zeile von heute, an der man sieht, dass ihr euch kennt?',
  });
  await admin.call('POST', `/api/admin/appeals/${id}/notes`, {
    note: 'The emoji speaks for it. Ask the channel if nothing comes back.',
  });
}

async function writeTo(viewer: DemoPerson, amara: DemoPerson): Promise<void> {
  const lines = [
    [amara, viewer, 'hi! you asked how the rings stay in step: each has its own clock'],
    [viewer, amara, 'und warum sieht es dann aus, als würden sie tanzen?'],
    [amara, viewer, 'because nine and seven only meet every 63 turns 🙂'],
    [amara, viewer, 'watch the light in the middle at the full minute'],
  ] as const;
  for (const [from, to, message] of lines) {
    await from.call('POST', '/api/v1/messages', { toUserId: to.id, message });
  }
}
