import { statements } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import { getStatement, type StatementDeps } from './get-statement.ts';

export function statementRoutes(deps: StatementDeps): Binding[] {
  return [bind(statements.getStatement, ({ caller, params }) => getStatement(deps, caller.actor, params.id))];
}
