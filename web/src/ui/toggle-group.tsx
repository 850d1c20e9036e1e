import clsx from 'clsx';
import { ToggleGroup as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: ReactNode;
  readonly icon?: ReactNode;
}

/** One of a few; there is always exactly one. */
export function ToggleGroup<T extends string>({
  label,
  value,
  onChange,
  choices,
  className,
}: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  choices: readonly Choice<T>[];
  className?: string;
}): ReactNode {
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        if (next) onChange(next as T);
      }}
      className={clsx('segments', className)}
    >
      {choices.map((choice) => (
        <Radix.Item key={choice.value} value={choice.value} className="segment">
          {choice.icon}
          {choice.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
