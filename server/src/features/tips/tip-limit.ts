import { AppError } from '../../errors.ts';
import { BucketsByKey } from '../../realtime/index.ts';

/** More than anybody gives by hand; retries of a tip that is known are not counted. */
export function tipLimit(): (userId: string) => void {
  const buckets = new BucketsByKey({ burst: 30, perSecond: 0.5 });
  return (userId) => {
    const verdict = buckets.take(userId);
    if (!verdict.admitted) throw new AppError('rate_limited', { retryAfterMs: verdict.retryAfterMs });
  };
}
