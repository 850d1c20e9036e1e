import type { ReactNode } from 'react';

export function EnrolPage(): ReactNode {
  return null;
}
