import type { ReactNode } from 'react';
import { CharacterCount, Field, Textarea } from '../../ui/field.tsx';

const MOST = 2000;

/** Words that the person concerned reads: in the serif, because one person speaks to another. */
export function ReasonField({
  label,
  value,
  onChange,
  error,
  rows = 3,
  autoFocus = false,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  rows?: number;
  /** It was just asked for. */
  autoFocus?: boolean;
}): ReactNode {
  return (
    <Field label={label} error={error} hint={<CharacterCount value={value} max={MOST} />}>
      <Textarea
        value={value}
        rows={rows}
        autoFocus={autoFocus}
        onChange={(event) => onChange(event.target.value)}
        className="voice text-18"
        dir="auto"
      />
    </Field>
  );
}
