import type { ReactNode } from 'react';

const WIDTH = 200;
const HEIGHT = 40;

/** One line, no fill, no smoothing; the value stands beside it in words, so the line itself is decoration. */
export function Sparkline({
  values,
  max,
  colour,
}: {
  values: readonly number[];
  max: number;
  colour: string;
}): ReactNode {
  const top = Math.max(max, ...values) || 1;
  const slots = Math.max(values.length - 1, 1);
  const points = values
    .map(
      (value, index) =>
        `${((index / slots) * WIDTH).toFixed(1)},${(HEIGHT - 2 - (value / top) * (HEIGHT - 4)).toFixed(1)}`,
    )
    .join(' ');
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="h-10 w-full border-b border-line"
    >
      {values.length > 1 ? (
        <polyline points={points} fill="none" stroke={colour} strokeWidth="1.75" vectorEffect="non-scaling-stroke" />
      ) : null}
    </svg>
  );
}
