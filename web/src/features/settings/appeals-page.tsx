import type { ReactNode } from 'react';

export function AppealsPage(): ReactNode {
  return null;
}
