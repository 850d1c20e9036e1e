import clsx from 'clsx';
import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export function Menu({
  trigger,
  children,
  align = 'end',
  className,
  defaultOpen = false,
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  className?: string;
  defaultOpen?: boolean;
}): ReactNode {
  return (
    <Radix.Root modal={false} defaultOpen={defaultOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={8}
          collisionPadding={8}
          // A chosen link has moved the focus to the new page; the button must not take it back.
          onCloseAutoFocus={(event) => {
            if (document.activeElement?.id === 'main') event.preventDefault();
          }}
          className={clsx(
            'float enter-fade z-(--z-float) max-h-[var(--radix-dropdown-menu-content-available-height)] min-w-56 overflow-y-auto p-1.5',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({
  children,
  icon,
  onSelect,
  asChild,
  bad,
  disabled,
}: {
  children: ReactNode;
  icon?: ReactNode;
  onSelect?: () => void;
  asChild?: boolean;
  bad?: boolean;
  disabled?: boolean;
}): ReactNode {
  return (
    <Radix.Item
      {...(onSelect ? { onSelect } : {})}
      {...(disabled ? { disabled } : {})}
      asChild={asChild ?? false}
      className={clsx('menu-item', bad && 'text-bad')}
    >
      {asChild ? (
        children
      ) : (
        <>
          {icon}
          {children}
        </>
      )}
    </Radix.Item>
  );
}

export function MenuChoice<T extends string>({
  label,
  value,
  onChange,
  choices,
}: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  choices: readonly { value: T; label: string; lang?: string }[];
}): ReactNode {
  return (
    <>
      <Radix.Label className="px-3 pt-2 pb-1 text-14 text-ink-3">{label}</Radix.Label>
      <Radix.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
        {choices.map((choice) => (
          <Radix.RadioItem
            key={choice.value}
            value={choice.value}
            lang={choice.lang}
            className="menu-item justify-between"
            onSelect={(event) => event.preventDefault()}
          >
            {choice.label}
            <Radix.ItemIndicator>
              <Check aria-hidden="true" size={16} strokeWidth={1.75} />
            </Radix.ItemIndicator>
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
    </>
  );
}

export function MenuSeparator(): ReactNode {
  return <Radix.Separator className="-mx-1.5 my-1.5 border-t border-line" />;
}
