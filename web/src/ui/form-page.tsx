import type { ReactNode } from 'react';

/** A page that is one form: what it is for on the left, the box to write in on the right; on a phone one below the other. */
export function FormPage({
  title,
  text,
  aside,
  children,
}: {
  title: string;
  text?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <div className="page grid max-w-[66rem] content-start gap-x-16 gap-y-6 sm:pt-12 md:grid-cols-[minmax(0,1fr)_27rem] md:pt-20">
      <div className="grid content-start gap-3">
        <h1 className="text-27 tracking-[-0.022em] sm:text-36">{title}</h1>
        {text ? <p className="max-w-[40ch] text-18 text-ink-2">{text}</p> : null}
        {aside ? <div className="mt-2 hidden md:block">{aside}</div> : null}
      </div>
      <div className="box self-start">{children}</div>
    </div>
  );
}
