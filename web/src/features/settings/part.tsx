import type { ReactNode } from 'react';

/** One matter of the settings: a head on a hairline, a sentence, what can be done. */
export function Part({
  title,
  text,
  side,
  children,
}: {
  title: string;
  text?: ReactNode;
  side?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <section>
      <div className="head items-center">
        <h2 className="grow py-1">{title}</h2>
        {side}
      </div>
      {text ? <p className="mt-3 max-w-[60ch] text-ink-2">{text}</p> : null}
      <div className="mt-5">{children}</div>
    </section>
  );
}
