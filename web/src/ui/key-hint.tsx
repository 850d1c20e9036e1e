import type { ReactNode } from 'react';
import { useKeysEnabled } from './keys.ts';

/** Shown to the eye only; nothing when single keys are switched off. */
export function KeyHint({ children }: { children: string }): ReactNode {
  return useKeysEnabled() ? (
    <span aria-hidden="true">
      <kbd>{children}</kbd>
    </span>
  ) : null;
}
