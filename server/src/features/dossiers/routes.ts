import { dossiers } from '@virgil/contract';
import { type Binding, bind, type Limit } from '../../http/index.ts';
import type { DossierDeps } from './deps.ts';
import { getDossier } from './get-dossier.ts';
import { exportDossier, getUserHistory } from './get-user-history.ts';

const EXPORTS: Limit = { points: 20, seconds: 60 };

export function dossierRoutes(deps: DossierDeps): Binding[] {
  return [
    bind(dossiers.getDossier, ({ caller, params }) => getDossier(deps, caller.actor, params.id)),
    bind(dossiers.getUserHistory, ({ caller, params, query }) => getUserHistory(deps, caller.actor, params.id, query)),
    bind(dossiers.exportDossier, ({ caller, params }) => exportDossier(deps, caller.actor, params.id), {
      limit: EXPORTS,
    }),
  ];
}
