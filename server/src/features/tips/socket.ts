import { livestreamRoom, tips } from '@virgil/contract';
import { AppError } from '../../errors.ts';
import { bindCommand, type CommandBinding } from '../../realtime/index.ts';
import { personOfActor } from '../channels/index.ts';
import type { TipDeps } from './deps.ts';
import { sendTip } from './send-tip.ts';

export function tipCommands(deps: TipDeps): CommandBinding[] {
  return [
    bindCommand(tips.sendTip, ({ caller, input, socket }) => {
      if (caller.isBanned) throw new AppError('banned', { detail: 'A penalty is in force.' });
      if (!socket.isIn(livestreamRoom(input.streamId))) {
        throw new AppError('not_joined', { detail: 'Join the livestream first.' });
      }
      return sendTip(deps, personOfActor(caller.actor), input);
    }),
  ];
}
