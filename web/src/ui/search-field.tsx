import clsx from 'clsx';
import { Search, X } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './button.tsx';

/** Searches a list while typing; the list decides how long to wait. */
export function SearchField({
  label,
  value,
  onChange,
  className,
  ref,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
  ref?: Ref<HTMLInputElement>;
}): ReactNode {
  const { t } = useTranslation('common');
  return (
    <search className={clsx('relative block', className)}>
      <Search
        aria-hidden="true"
        size={18}
        strokeWidth={1.75}
        className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-3"
      />
      <input
        ref={ref}
        type="search"
        className="input pr-11 pl-10 [&::-webkit-search-cancel-button]:hidden"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value) {
            event.preventDefault();
            onChange('');
          }
        }}
        maxLength={100}
      />
      {value ? (
        <IconButton
          small
          label={t('clearSearch')}
          className="absolute top-1/2 right-1 -translate-y-1/2"
          onClick={() => onChange('')}
        >
          <X aria-hidden="true" size={16} strokeWidth={1.75} />
        </IconButton>
      ) : null}
    </search>
  );
}
