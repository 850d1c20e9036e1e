import { useCallback, useRef, useState } from 'react';

/** One submission at a time; the last failure stays until the next try. What was typed is the form's to keep. */
export function useSubmit<A extends unknown[]>(
  work: (...args: A) => Promise<void>,
): { submit: (...args: A) => Promise<boolean>; busy: boolean; error: unknown; clear: () => void } {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef(false);
  const latest = useRef(work);
  latest.current = work;

  const submit = useCallback(async (...args: A): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await latest.current(...args);
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);

  return { submit, busy, error, clear: useCallback(() => setError(null), []) };
}
