import { Switch as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';

/** A setting that takes effect at once. */
export function Switch({
  label,
  hint,
  checked,
  onChange,
  disabled,
}: {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}): ReactNode {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-6 py-2">
      <div>
        <label htmlFor={id} className="font-[600]">
          {label}
        </label>
        {hint ? (
          <p id={`${id}hint`} className="text-14 text-ink-3">
            {hint}
          </p>
        ) : null}
      </div>
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled ?? false}
        aria-describedby={hint ? `${id}hint` : undefined}
        className="relative mt-0.5 h-6 w-11 flex-none rounded-2 border border-line-strong bg-surface-2 data-[state=checked]:border-act data-[state=checked]:bg-act disabled:opacity-50"
      >
        <Radix.Thumb className="block size-[1.125rem] translate-x-0.5 rounded-1 bg-ink transition-transform duration-(--t-tap) data-[state=checked]:translate-x-[1.3125rem] data-[state=checked]:bg-on-act" />
      </Radix.Root>
    </div>
  );
}
