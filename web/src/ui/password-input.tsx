import { Eye, EyeOff } from 'lucide-react';
import { type InputHTMLAttributes, type ReactNode, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './button.tsx';
import { Input } from './field.tsx';

/** A password that can be looked at. Inside a Field. */
export function PasswordInput(
  props: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> },
): ReactNode {
  const { t } = useTranslation('common');
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input
        {...props}
        type={shown ? 'text' : 'password'}
        className="pr-12"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={128}
      />
      <IconButton
        label={t(shown ? 'password.hide' : 'password.show')}
        className="absolute top-0 right-0 text-ink-3"
        onClick={() => setShown(!shown)}
      >
        <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
      </IconButton>
    </div>
  );
}
