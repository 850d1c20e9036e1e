/** The commands of a livestream's room. */
import { chat } from '@virgil/contract';
import type { Caller, Person } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { bindCommand, type CommandBinding } from '../../realtime/index.ts';
import { type JoinStream, joinStream } from './join-stream.ts';
import { leaveStream } from './leave-stream.ts';
import { type React, react } from './reactions.ts';
import { type SendMessage, sendMessage } from './send-message.ts';

export type ChatCommandDeps = JoinStream & { readonly sending: SendMessage; readonly reacting: React };

export function chatCommands(deps: ChatCommandDeps): CommandBinding[] {
  return [
    bindCommand(
      chat.joinStream,
      ({ caller, input, socket }) => {
        if (caller.isBanned) throw new AppError('banned', { detail: 'A penalty is in force.' });
        return joinStream(deps, caller.actor, input, socket);
      },
      { changesMembership: true },
    ),
    bindCommand(chat.leaveStream, ({ input, socket }) => leaveStream(deps, input.streamId, socket), {
      changesMembership: true,
    }),
    bindCommand(chat.sendChatMessage, ({ caller, input, socket }) =>
      sendMessage(deps.sending, personOf(caller), input, socket),
    ),
    bindCommand(chat.react, ({ caller, input, socket }) => react(deps.reacting, personOf(caller), input, socket)),
  ];
}

/** Commands for the signed-in are refused to guests before they get here. */
function personOf(caller: Caller): Person {
  if (caller.actor.kind === 'guest') throw new AppError('sign_in_required', { detail: 'Sign in first.' });
  return caller.actor;
}
