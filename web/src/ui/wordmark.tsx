import type { ReactNode } from 'react';

/** V down and up again to a star. */
export function Mark({ className }: { className?: string }): ReactNode {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="2.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M3 5.5 10.5 20 16 9.4" />
      <path
        d="M18.6 1.2c.3 2 1.200 2.900 3.200 3.200-2 .3-2.900 1.200-3.200 3.200-.3-2-1.200-2.900-3.200-3.200 2-.3 2.900-1.200 3.200-3.200Z"
        fill="currentColor"
        stroke="none"
        transform="translate(-2.600 -.4) scale(1.140)"
      />
    </svg>
  );
}

export function Wordmark(): ReactNode {
  return (
    <span className="inline-flex items-center gap-2 text-[1.25rem] leading-none font-bold tracking-[-0.02em]">
      <Mark className="size-6 text-tone" />
      Virgil
    </span>
  );
}
