/**
 * Hands one batch over and says what became of each. The other side takes all or none, so what it does not like is
 * taken out by the position it names, and the rest is sent again. One that is there already counts as handed over.
 */
import { DSA_BATCH, type DsaStatement, dsaStatement } from '@virgil/contract';
import type { DsaDatabase } from '../../dsa-database/index.ts';

export interface ExportOutcome {
  readonly puid: string;
  readonly state: 'sent' | 'refused';
  readonly problem: string | null;
}

/** At most 100. Throws `DsaDatabaseUnavailable`; what was said until then is lost, and asking again does no harm. */
export async function submitStatements(
  database: DsaDatabase,
  statements: readonly DsaStatement[],
): Promise<ExportOutcome[]> {
  if (statements.length > DSA_BATCH) throw new Error(`${statements.length} statements are no batch`);
  const outcomes: ExportOutcome[] = [];
  let left: DsaStatement[] = [];
  for (const statement of statements) {
    const parsed = dsaStatement.safeParse(statement);
    if (parsed.success) left.push(parsed.data);
    else outcomes.push({ puid: statement.puid, state: 'refused', problem: problemOf(parsed.error.issues) });
  }
  while (left.length > 0) {
    const answer = await database.submit(left);
    if (answer.stored) {
      outcomes.push(...left.map(({ puid }) => ({ puid, state: 'sent' as const, problem: null })));
      break;
    }
    if (answer.refused.size === 0) throw new Error('a batch was refused, and no statement in it named');
    const next: DsaStatement[] = [];
    for (const [index, statement] of left.entries()) {
      const refusal = answer.refused.get(index);
      if (refusal === undefined) next.push(statement);
      else if (refusal.isDuplicate) outcomes.push({ puid: statement.puid, state: 'sent', problem: null });
      else outcomes.push({ puid: statement.puid, state: 'refused', problem: refusal.problem });
    }
    left = next;
  }
  return outcomes;
}

const problemOf = (issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string =>
  issues.map(({ message, path }) => `${path.join('.')}: ${message}`).join('; ');
