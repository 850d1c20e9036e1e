import type { ReactNode } from 'react';

/** One element of a notice: its number and what it is on the left, what one writes on the right. */
export function ElementSection({
  number,
  title,
  text,
  children,
}: {
  number: number;
  title: string;
  text: string;
  children: ReactNode;
}): ReactNode {
  return (
    <section
      aria-label={title}
      className="grid gap-x-8 gap-y-4 border-t border-line py-6 md:grid-cols-[15rem_minmax(0,1fr)]"
    >
      <div className="grid grid-cols-[1.75rem_minmax(0,1fr)] content-start">
        <span aria-hidden="true" className="mono pt-0.5 text-14 text-ink-3">
          {number}
        </span>
        <div>
          <h2 className="text-18">{title}</h2>
          <p className="mt-1 text-14 text-ink-2">{text}</p>
        </div>
      </div>
      <div className="grid content-start gap-4">{children}</div>
    </section>
  );
}
