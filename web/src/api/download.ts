/** Files to save: the browser fetches them itself, so a page only links to their address. */
import type { Operation } from '@virgil/contract';
import { addressOf, type CallInput } from './call.ts';

/** For `<a href download>`. */
export function downloadAddress<O extends Operation>(operation: O, input: CallInput<O>): string {
  return addressOf(operation, input as { params?: Record<string, string>; query?: Record<string, unknown> });
}
