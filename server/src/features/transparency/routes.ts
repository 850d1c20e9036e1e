import { transparency } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { exportDsaStatements, listDsaStatements } from './export-statements.ts';
import {
  exportTransparency,
  getAdminTransparency,
  getTransparency,
  type TransparencyDeps,
} from './get-transparency.ts';

/** Counting everything is work; a page asks once. */
const COUNT_LIMIT = { points: 30, seconds: 60 };

export function transparencyRoutes(deps: TransparencyDeps): Binding[] {
  return [
    bind(transparency.getTransparency, ({ query }) => getTransparency(deps, query), { limit: COUNT_LIMIT }),
    bind(transparency.exportTransparency, ({ query }) => exportTransparency(deps, query), { limit: COUNT_LIMIT }),
    bind(transparency.getAdminTransparency, ({ caller, query }) => getAdminTransparency(deps, caller.actor, query)),
    bind(transparency.listDsaStatements, ({ caller, query }) => listDsaStatements(deps, caller.actor, query)),
    bind(transparency.exportDsaStatements, ({ caller }) => exportDsaStatements(deps, caller.actor)),
  ];
}
