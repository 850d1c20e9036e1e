import type { ReactNode } from 'react';

export function VideoPage(): ReactNode {
  return null;
}
