/** The desk's one command. */
import { type CommandAck, desk } from '@virgil/contract';
import type { Caller, Person } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { bindCommand, type CommandBinding } from '../../realtime/index.ts';
import type { DeskDeps } from './deps.ts';
import { readItem } from './get-review-item.ts';
import type { LiveDesk } from './live-desk.ts';
import { rolesOf } from './live-store.ts';

export function deskCommands(deps: Pick<DeskDeps, 'database'>, live: LiveDesk): CommandBinding[] {
  return [
    bindCommand(
      desk.watchQueue,
      async ({ caller, input, socket }): Promise<CommandAck<typeof desk.watchQueue>> => {
        const person = await asOfToday(deps, moderatorOf(caller));
        if (input.itemId !== null) await readItem(deps, person, input.itemId);
        return { looking: await live.watch(socket, person, input.itemId) };
      },
      { changesMembership: true },
    ),
  ];
}

/** A socket lives for hours, and who connected as an admin may be none any more. */
async function asOfToday({ database }: Pick<DeskDeps, 'database'>, person: Person): Promise<Person> {
  const { userId } = person;
  const roles = await database.asSystem('what somebody at a desk is today', (tx) => rolesOf(tx, [userId]));
  return { ...person, role: roles.get(userId) ?? 'user' };
}

function moderatorOf({ actor, isBanned, scopes }: Caller) {
  if (actor.kind === 'guest') throw new AppError('sign_in_required', { detail: 'Sign in first.' });
  if (isBanned) throw new AppError('banned', { detail: 'A penalty is in force.' });
  if (!scopes.has('moderate')) throw new AppError('not_allowed');
  return actor;
}
