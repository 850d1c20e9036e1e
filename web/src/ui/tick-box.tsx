import clsx from 'clsx';
import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';

/** A statement one agrees to by ticking it. The words are the statement, not a summary of it. */
export function TickBox({
  checked,
  onChange,
  children,
  error,
  className,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  error?: string | undefined;
  className?: string;
}): ReactNode {
  const id = useId();
  return (
    <div className={clsx('grid gap-1.5', className)}>
      <label className="flex items-start gap-3">
        <input
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}error` : undefined}
          className="mt-0.5 size-5 flex-none accent-[var(--ink)] aria-invalid:outline-2 aria-invalid:outline-offset-2 aria-invalid:outline-bad"
        />
        <span className="max-w-[62ch]">{children}</span>
      </label>
      {error ? (
        <p id={`${id}error`} className="flex items-start gap-1.5 text-14 text-bad">
          <CircleAlert aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
          {error}
        </p>
      ) : null}
    </div>
  );
}
