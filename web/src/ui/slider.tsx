import clsx from 'clsx';
import { Slider as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export function Slider({
  label,
  value,
  onChange,
  min = 0,
  max = 1,
  step = 0.05,
  valueText,
  className,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
  min?: number;
  max?: number;
  step?: number;
  valueText?: string;
  className?: string;
}): ReactNode {
  return (
    <Radix.Root
      value={[value]}
      min={min}
      max={max}
      step={step}
      onValueChange={([next]) => {
        if (next !== undefined) onChange(next);
      }}
      className={clsx('relative flex h-6 w-full touch-none items-center', className)}
    >
      <Radix.Track className="relative h-0.5 grow bg-line-strong">
        <Radix.Range className="absolute h-full bg-ink" />
      </Radix.Track>
      <Radix.Thumb aria-label={label} aria-valuetext={valueText} className="block size-4 rounded-1 bg-ink" />
    </Radix.Root>
  );
}
