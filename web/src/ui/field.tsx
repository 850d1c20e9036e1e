import { codePoints } from '@virgil/contract';
import clsx from 'clsx';
import { CircleAlert } from 'lucide-react';
import {
  createContext,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  use,
  useId,
} from 'react';
import { useTranslation } from 'react-i18next';

interface FieldIds {
  readonly id: string;
  readonly hintId: string | undefined;
  readonly errorId: string | undefined;
}

const FieldContext = createContext<FieldIds | null>(null);

export interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** Why the value was refused. Put into words before it comes here. */
  readonly error?: string | undefined;
  readonly optional?: boolean;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A label, one control (Input, Textarea, Select), what helps, what went wrong. */
export function Field({ label, hint, error, optional, children, className }: FieldProps): ReactNode {
  const { t } = useTranslation('common');
  const id = useId();
  const ids: FieldIds = {
    id,
    hintId: hint ? `${id}hint` : undefined,
    errorId: error ? `${id}error` : undefined,
  };
  return (
    <div className={clsx('grid gap-1.5', className)}>
      <label htmlFor={id} className="justify-self-start font-[600]">
        {label}
        {optional ? <span className="font-normal text-ink-3"> {t('field.optional')}</span> : null}
      </label>
      <FieldContext value={ids}>{children}</FieldContext>
      {error ? (
        <p id={ids.errorId} className="flex items-start gap-1.5 text-14 text-bad">
          <CircleAlert aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
          {error}
        </p>
      ) : null}
      {hint ? (
        <div id={ids.hintId} className="text-14 text-ink-3">
          {hint}
        </div>
      ) : null}
    </div>
  );
}

function useFieldProps(): { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: true } {
  const ids = use(FieldContext);
  if (!ids) return {};
  const described = [ids.errorId, ids.hintId].filter((id) => id !== undefined).join(' ');
  return {
    id: ids.id,
    ...(described ? { 'aria-describedby': described } : {}),
    ...(ids.errorId ? { 'aria-invalid': true as const } : {}),
  };
}

export function Input({
  className,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }): ReactNode {
  return <input className={clsx('input', className)} {...useFieldProps()} {...rest} />;
}

export function Textarea({
  className,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }): ReactNode {
  return <textarea className={clsx('input', className)} {...useFieldProps()} {...rest} />;
}

/** The platform's own list: it is the best one on a phone and with a screen reader. */
export function Select({
  className,
  ...rest
}: SelectHTMLAttributes<HTMLSelectElement> & { ref?: Ref<HTMLSelectElement> }): ReactNode {
  return <select className={clsx('input', className)} {...useFieldProps()} {...rest} />;
}

/** “30 of 140”, as the server counts: code points of the trimmed text. */
export function CharacterCount({ value, max }: { value: string; max: number }): ReactNode {
  const { t } = useTranslation('common');
  const count = codePoints(value.trim());
  return (
    <span className={clsx('num', count > max && 'font-[600] text-bad')}>
      {count > max ? t('field.tooLong', { count, max }) : t('field.count', { count, max })}
    </span>
  );
}
