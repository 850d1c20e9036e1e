import { blocks } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import type { BlockDeps } from './deps.ts';
import { getHiddenPeople, hidePerson, showPerson } from './hide-person.ts';
import { listHidden } from './list-hidden.ts';

export function blockRoutes(deps: BlockDeps): Binding[] {
  return [
    bind(blocks.listBlocks, ({ caller, query }) => listHidden(deps, caller.actor, 'block', query)),
    bind(blocks.block, ({ caller, params }) => hidePerson(deps, caller.actor, 'block', params.userId)),
    bind(blocks.unblock, async ({ caller, params }) => {
      await showPerson(deps, caller.actor, 'block', params.userId);
      return undefined;
    }),
    bind(blocks.listMutes, ({ caller, query }) => listHidden(deps, caller.actor, 'mute', query)),
    bind(blocks.mute, ({ caller, params }) => hidePerson(deps, caller.actor, 'mute', params.userId)),
    bind(blocks.unmute, async ({ caller, params }) => {
      await showPerson(deps, caller.actor, 'mute', params.userId);
      return undefined;
    }),
    bind(blocks.getHiddenPeople, ({ caller }) => getHiddenPeople(deps, caller.actor)),
  ];
}
