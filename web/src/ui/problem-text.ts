/** Puts an `ApiProblem` into a sentence of the page's language. */
import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiProblem, asProblem } from '../api/problem.ts';

type T = TFunction<'problems'>;

export function problemText(t: T, problem: ApiProblem): string {
  if (problem.retryAfterMs && (problem.code === 'rate_limited' || problem.code === 'slow_mode')) {
    return t(`${problem.code}_wait`, { seconds: Math.ceil(problem.retryAfterMs / 1000) });
  }
  return t(problem.code);
}

export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation('problems');
  return useCallback((error: unknown) => problemText(t, asProblem(error)), [t]);
}

const LENGTH = /at (least|most) (\d+) characters/;

/** The server explains a field in English; lengths, the usual reason, are said in the page's language. */
export function fieldText(t: T, message: string): string {
  const length = LENGTH.exec(message);
  if (length) return t(length[1] === 'least' ? 'field.tooShort' : 'field.tooLong', { length: Number(length[2]) });
  return t('field.refused');
}

/** `errorOf(problem, 'title')` gives the words for one field, or undefined. */
export function useFieldProblem(): (error: unknown, path: string) => string | undefined {
  const { t } = useTranslation('problems');
  return useCallback(
    (error: unknown, path: string) => {
      if (error === null || error === undefined) return undefined;
      const problem = asProblem(error);
      const field = problem.fields.find((each) => each.path === path);
      if (field) return fieldText(t, field.message);
      return problem.code === 'name_taken' && path === 'displayName' ? t('name_taken') : undefined;
    },
    [t],
  );
}
