import type { policies as contract } from '@virgil/contract';
import { personOf } from '../channels/index.ts';
import { inForceOn } from './policy.ts';
import type { AuthoredVersion } from './store.ts';

/** `versions`: all of that policy, oldest first. */
export function policyOf(versions: readonly AuthoredVersion[], shown: AuthoredVersion, today: string): contract.Policy {
  return {
    id: shown.row.policyId,
    ...versionOf(shown),
    ...shown.row.content,
    versions: versions.map(versionOf).toReversed(),
    inForce: numberInForce(versions, today),
  };
}

export function versionOf({ author, row }: AuthoredVersion): contract.PolicyVersion {
  return {
    version: row.version,
    effectiveFrom: row.effectiveFrom,
    publishedAt: row.publishedAt.toISOString(),
    author: author === null ? null : personOf(author),
  };
}

export function numberInForce(versions: readonly AuthoredVersion[], today: string): number {
  const found = inForceOn(
    versions.map(({ row }) => row),
    today,
  );
  if (found === undefined) throw new Error('a policy without a version');
  return found.version;
}

/** In the order of the page: those that came with the software first, as they were listed there. */
export function byPolicy(versions: readonly AuthoredVersion[], order: readonly string[]): AuthoredVersion[][] {
  const groups = Map.groupBy(versions, ({ row }) => row.policyId);
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return [...groups]
    .sort(([one], [other]) => place(one) - place(other) || (one < other ? -1 : 1))
    .map(([, rows]) => rows);
}
