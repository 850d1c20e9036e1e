import type { Realm } from '@virgil/contract';
import { useLayoutEffect } from 'react';

/** Puts the whole page, header included, into a realm's light while the component is mounted. */
export function useRealm(realm: Realm | undefined): void {
  useLayoutEffect(() => {
    if (!realm) return;
    document.documentElement.dataset.realm = realm;
    return () => {
      delete document.documentElement.dataset.realm;
    };
  }, [realm]);
}
