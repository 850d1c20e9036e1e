/** J and K move through a list, Enter opens its first; the same at every desk. */
import { useKey } from '../../ui/keys.ts';

/** `at`: the row that is open, -1 for none. */
export function useRowKeys(count: number, at: number, open: (index: number) => void, isOpen: boolean): void {
  useKey('j', () => open(at === -1 ? 0 : Math.min(at + 1, count - 1)));
  useKey('k', () => open(at === -1 ? 0 : Math.max(at - 1, 0)));
  useKey('enter', () => open(0), !isOpen);
}
