import { transparency } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { exportDsaStatements, listDsaStatements } from './export-statements.ts';
import { exportTransparency, getAdminTransparency, SharedCounting, type TransparencyDeps } from './get-transparency.ts';

/** Counting everything is work; a page asks once. */
const COUNT_LIMIT = { points: 30, seconds: 60 };

export function transparencyRoutes(deps: TransparencyDeps): Binding[] {
  const counting = new SharedCounting(deps);
  return [
    bind(transparency.getTransparency, ({ query }) => counting.report(query), { limit: COUNT_LIMIT }),
    bind(transparency.exportTransparency, ({ query }) => exportTransparency(counting, query), { limit: COUNT_LIMIT }),
    bind(transparency.getAdminTransparency, ({ caller, query }) =>
      getAdminTransparency(deps, counting, caller.actor, query),
    ),
    bind(transparency.listDsaStatements, ({ caller, query }) => listDsaStatements(deps, caller.actor, query)),
    bind(transparency.exportDsaStatements, ({ caller }) => exportDsaStatements(deps, caller.actor)),
  ];
}
