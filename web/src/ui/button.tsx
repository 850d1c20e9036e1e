import clsx from 'clsx';
import { Slot } from 'radix-ui';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

export type ButtonLook = 'main' | 'line' | 'quiet' | 'bad' | 'bad-fill';

const LOOKS: Record<ButtonLook, string> = {
  main: 'btn-main',
  line: '',
  quiet: 'btn-quiet',
  bad: 'btn-bad',
  'bad-fill': 'btn-bad-fill',
};

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: ButtonLook;
  readonly small?: boolean;
  /** Work is under way: the button stays focusable and does nothing. */
  readonly busy?: boolean;
  /** Draws a single child (a link) as a button. */
  readonly asChild?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  look = 'line',
  small,
  busy,
  asChild,
  className,
  type,
  onClick,
  ...rest
}: ButtonProps): ReactNode {
  const classes = clsx('btn', LOOKS[look], small && 'btn-small', className);
  if (asChild) return <Slot.Root className={classes} onClick={onClick} {...rest} />;
  return (
    <button
      type={type ?? 'button'}
      className={classes}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={
        busy
          ? (event) => {
              event.preventDefault();
            }
          : onClick
      }
      {...rest}
    />
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'aria-label'> {
  /** An icon alone always has a name; it is the tooltip too. */
  readonly label: string;
}

export function IconButton({ label, look = 'quiet', className, ...rest }: IconButtonProps): ReactNode {
  return <Button look={look} aria-label={label} title={label} className={clsx('btn-square', className)} {...rest} />;
}
