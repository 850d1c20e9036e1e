import type { ReactNode } from 'react';

export function VideosPage(): ReactNode {
  return null;
}
