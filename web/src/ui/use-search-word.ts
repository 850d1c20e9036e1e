import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useDebounced } from './use-debounced.ts';

/** The search word of a list page: typed at once, asked and kept in the address (`?q=`) a quarter second later. */
export function useSearchWord(): { text: string; setText: (text: string) => void; q: string | undefined } {
  const search: { q?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [text, setText] = useState(search.q ?? '');
  const settled = useDebounced(text.trim());
  useEffect(() => {
    if ((search.q ?? '') === settled) return;
    void navigate({
      to: '.',
      search: ({ q: _, ...rest }) => (settled ? { ...rest, q: settled } : rest),
      replace: true,
      resetScroll: false,
    });
  }, [settled, search.q, navigate]);
  return { text, setText, q: settled || undefined };
}
