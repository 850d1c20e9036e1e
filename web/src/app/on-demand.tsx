import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { useKey } from '../ui/keys.ts';

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })));
const KeysHelp = lazy(() => import('./keys-help.tsx').then((module) => ({ default: module.KeysHelp })));

/** What a key opens is fetched when the key is first pressed. */
export function OnDemand(): ReactNode {
  const [palette, setPalette] = useState<boolean | null>(null);
  const [keys, setKeys] = useState<boolean | null>(null);
  useKey(
    'mod+k',
    useCallback(() => setPalette((open) => !open), []),
  );
  useKey(
    '?',
    useCallback(() => setKeys(true), []),
  );
  return (
    <Suspense fallback={null}>
      {palette === null ? null : <Palette open={palette} onOpenChange={setPalette} />}
      {keys === null ? null : <KeysHelp open={keys} onOpenChange={setKeys} />}
    </Suspense>
  );
}
