import type { Realm } from '@virgil/contract';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Narrowing down, narrowing up, circle in circle: the shape says the realm, the colour repeats it. */
export function RealmGlyph({ realm, className }: { realm: Realm; className?: string }): ReactNode {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={clsx('glyph', className)}>
      {realm === 'inferno' ? <path d="M2 3.5h12M4.5 8h7M7 12.5h2" /> : null}
      {realm === 'purgatorio' ? <path d="M7 3.5h2M4.5 8h7M2 12.5h12" /> : null}
      {realm === 'paradiso' ? (
        <>
          <circle cx="8" cy="8" r="6" />
          <circle cx="8" cy="8" r="1.6" />
        </>
      ) : null}
    </svg>
  );
}

export function RealmMark({ realm, className }: { realm: Realm; className?: string }): ReactNode {
  const { t } = useTranslation('common');
  return (
    <span className={clsx('realm', className)} data-realm={realm}>
      <RealmGlyph realm={realm} />
      {t(`realm.${realm}`)}
    </span>
  );
}
