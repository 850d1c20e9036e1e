import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { meQuery, sessionChanged } from '../../api/me.ts';
import { queryClient } from '../../api/queries.ts';
import { showToast } from '../../ui/toast.tsx';

/** After signing in: everything is asked again with the new eyes, then on to where the person came from. */
export function useArrive(): (greeting: (name: string) => string) => Promise<void> {
  const navigate = useNavigate();
  const { to } = useSearch({ strict: false });
  return useCallback(
    async (greeting) => {
      await sessionChanged();
      const me = queryClient.getQueryData<{ displayName: string } | null>(meQuery.queryKey);
      await navigate({ href: to ?? '/', replace: true });
      if (me) showToast(greeting(me.displayName));
    },
    [navigate, to],
  );
}
