import { strikes } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import type { StrikeDeps } from './deps.ts';
import { listStrikes } from './list-strikes.ts';

export function strikeRoutes(deps: StrikeDeps): Binding[] {
  return [bind(strikes.listStrikes, ({ caller, query }) => listStrikes(deps, caller.actor, query))];
}
