import { messages } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { deleteConversation, deleteMessage } from './delete-messages.ts';
import type { MessageDeps } from './deps.ts';
import { getConversation, listConversations, readConversation } from './read-conversations.ts';
import { sendMessage } from './send-message.ts';

/** Two people who talk quickly; whom one writes to for the first time is counted besides (`policy.ts`). */
const SEND_LIMIT = { points: 40, seconds: 60 };

export function messageRoutes(deps: MessageDeps): Binding[] {
  return [
    bind(messages.listConversations, ({ caller, query }) => listConversations(deps, caller.actor, query)),
    bind(messages.getConversation, ({ caller, params, query }) =>
      getConversation(deps, caller.actor, params.userId, query),
    ),
    bind(messages.sendMessage, ({ caller, body }) => sendMessage(deps, caller.actor, body), { limit: SEND_LIMIT }),
    bind(messages.readConversation, ({ caller, params }) => readConversation(deps, caller.actor, params.userId)),
    bind(messages.deleteMessage, async ({ caller, params }) => {
      await deleteMessage(deps, caller.actor, params.userId, params.messageId);
      return undefined;
    }),
    bind(messages.deleteConversation, async ({ caller, params }) => {
      await deleteConversation(deps, caller.actor, params.userId);
      return undefined;
    }),
  ];
}
