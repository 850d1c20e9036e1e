import { useCallback, useEffect, useState } from 'react';

const keyOf = (name: string): string => `virgil draft ${name}`;

/** A browser that keeps nothing is no reason to lose what stands on the page. */
function read(name: string): string {
  try {
    return sessionStorage.getItem(keyOf(name)) ?? '';
  } catch {
    return '';
  }
}

function write(name: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(keyOf(name));
    else sessionStorage.setItem(keyOf(name), text);
  } catch {
    return;
  }
}

/** What was typed and not sent: kept in this tab over a reload, also offline. One for each name. */
export function useDraft(name: string): readonly [string, (text: string) => void] {
  const [draft, setDraft] = useState(() => ({ name, text: read(name) }));
  useEffect(() => setDraft((now) => (now.name === name ? now : { name, text: read(name) })), [name]);
  const change = useCallback(
    (text: string) => {
      setDraft({ name, text });
      write(name, text);
    },
    [name],
  );
  return [draft.name === name ? draft.text : read(name), change];
}
