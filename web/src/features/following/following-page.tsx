import type { ReactNode } from 'react';

export function FollowingPage(): ReactNode {
  return null;
}
