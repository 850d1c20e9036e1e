import type { ReactNode } from 'react';

export function ChannelPage(): ReactNode {
  return null;
}
