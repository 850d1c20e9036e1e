import type { ReactNode } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { ErrorState } from '../../ui/states.tsx';

export function NotFound(): ReactNode {
  return <ErrorState error={new ApiProblem('not_found', { status: 404 })} />;
}
