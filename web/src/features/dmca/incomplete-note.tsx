import { CircleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';

/** How many elements are missing, above the button; the first of them gets the focus. */
export function IncompleteNote({ error, children }: { error: unknown; children: ReactNode }): ReactNode {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (error) place.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  return (
    <p
      ref={place}
      role="alert"
      className="flex items-start gap-2 border-l-[3px] border-bad bg-bad-soft px-3 py-2 text-bad"
    >
      <CircleAlert aria-hidden="true" size={18} strokeWidth={1.75} className="mt-0.5 flex-none" />
      {children}
    </p>
  );
}
