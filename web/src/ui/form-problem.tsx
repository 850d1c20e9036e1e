import { CircleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useProblemText } from './problem-text.ts';

/** Why the form was refused, above its button. The first marked field gets the focus. */
export function FormProblem({ error }: { error: unknown }): ReactNode {
  const textOf = useProblemText();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error === null || error === undefined) return;
    place.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  return (
    <div ref={place} role="alert" className="empty:hidden">
      {error === null || error === undefined ? null : (
        <p className="flex items-start gap-2 border-l-[3px] border-bad bg-bad-soft px-3 py-2 text-bad">
          <CircleAlert aria-hidden="true" size={18} strokeWidth={1.75} className="mt-0.5 flex-none" />
          {textOf(error)}
        </p>
      )}
    </div>
  );
}
