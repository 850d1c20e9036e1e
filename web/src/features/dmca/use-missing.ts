/** Which elements the server named as missing, in words for the form. */
import { asProblem } from '../../api/problem.ts';

export function missingIn(error: unknown): readonly string[] {
  if (error === null || error === undefined) return [];
  const problem = asProblem(error);
  return problem.code === 'notice_incomplete' ? problem.missing : [];
}
