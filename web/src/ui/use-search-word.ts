import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useDebounced } from './use-debounced.ts';

/** The search word of a list page: typed at once, asked and kept in the address (`?q=`) a quarter second later. */
export function useSearchWord(): { text: string; setText: (text: string) => void; q: string | undefined } {
  const search: { q?: string } = useSearch({ strict: false });
  const inAddress = search.q ?? '';
  const navigate = useNavigate();
  const [text, setText] = useState(inAddress);
  const settled = useDebounced(text.trim());
  /** What the field and the address last agreed on: whichever of them differs from it has changed. */
  const agreed = useRef(inAddress);

  useEffect(() => {
    if (inAddress === agreed.current) return;
    agreed.current = inAddress;
    setText(inAddress);
  }, [inAddress]);

  useEffect(() => {
    if (settled === agreed.current) return;
    agreed.current = settled;
    void navigate({
      to: '.',
      search: ({ q: _, ...rest }) => (settled ? { ...rest, q: settled } : rest),
      replace: true,
      resetScroll: false,
    });
  }, [settled, navigate]);

  return { text, setText, q: settled || undefined };
}
