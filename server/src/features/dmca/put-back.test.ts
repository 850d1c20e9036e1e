/** Laws of the put-back, over random roads and jumps of the clock, on a real database. */
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LiveKit, liveKit } from '../../../test/kit/live-kit.ts';
import type { Person } from '../../actor.ts';
import { dayIn, isBusinessDay, plusDays } from './business-day-policy.ts';

const ZONE = 'America/New_York';

let kit: LiveKit;
let admin: Person;
beforeAll(async () => {
  kit = await liveKit();
  admin = await kit.person('Edda', { role: 'admin' });
});
afterAll(() => kit.close());

type Act =
  | 'approve'
  | 'reject'
  | 'counter'
  | 'court'
  | 'retract'
  | 'court_end'
  | 'restart'
  | { readonly hours: number };

const jump = fc.record({ hours: fc.integer({ min: 1, max: 24 * 16 }) });
const anything = fc.oneof(
  { weight: 4, arbitrary: jump },
  { weight: 2, arbitrary: fc.constantFrom<Act>('approve', 'counter', 'court') },
  { weight: 1, arbitrary: fc.constantFrom<Act>('retract', 'court_end', 'restart', 'reject') },
);
/** Most roads begin as they mostly do, so that many reach the clock; the rest begin anywhere. */
const acts = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: fc.constant<Act[]>(['approve', 'counter']) },
      { weight: 1, arbitrary: fc.constant<Act[]>([]) },
    ),
    fc.array(anything, { minLength: 3, maxLength: 7 }),
  )
  .map(([start, rest]) => [...start, ...rest]);

interface Matter {
  readonly id: string;
  readonly token: string;
  readonly creator: Person;
  readonly videoId: string;
}

async function matterOf(): Promise<Matter> {
  const creator = await kit.person('Mira', { tier: 'pro' });
  const videoId = uuidv7();
  await kit.db.sql(
    `insert into videos (id, channel_id, title, duration_ms, size_bytes, is_public, file_key, created_at, updated_at)
     values ($1, $2, 'A video', 1000, 10, true, 'none.mp4', $3, $3)`,
    [videoId, creator.userId, kit.deps.clock.now()],
  );
  const { body } = await kit.call(null, 'POST', '/api/v1/dmca', {
    target: { type: 'video', id: videoId },
    claimant: { name: 'Rita', address: 'A street', email: 'rita@holder.example' },
    claimedWork: 'A song',
    materialUrl: `http://virgil.test/videos/${videoId}`,
    goodFaith: true,
    accuracyUnderPerjury: true,
    signature: 'Rita',
  });
  return { id: body.id, token: body.token, creator, videoId };
}

async function perform({ creator, id, token }: Matter, act: Act): Promise<number> {
  if (typeof act === 'object') {
    await kit.advance(act.hours * 3_600_000);
    return 200;
  }
  const reason = { reason: 'r' };
  switch (act) {
    case 'approve':
    case 'reject':
      return (await kit.call(admin, 'POST', `/api/admin/dmca/${id}/${act}`, reason)).status;
    case 'court_end':
      return (await kit.call(admin, 'POST', `/api/admin/dmca/${id}/restore`, reason)).status;
    case 'court': {
      const action = { court: 'c', reference: 'r' };
      return (await kit.call(null, 'POST', `/api/v1/dmca/${id}/court-action?token=${token}`, action)).status;
    }
    case 'retract':
      return (await kit.call(null, 'POST', `/api/v1/dmca/${id}/retract?token=${token}`, reason)).status;
    case 'restart':
      await kit.restart();
      return 200;
    case 'counter': {
      const said = { goodFaithUnderPerjury: true, consentToJurisdiction: true, acceptService: true };
      const body = {
        name: 'M',
        address: 'A',
        email: 'm@v.example',
        phone: '1',
        materialLocation: 'v',
        signature: 'M',
        ...said,
      };
      return (await kit.call(creator, 'POST', `/api/v1/dmca/${id}/counter-notice`, body)).status;
    }
  }
}

/** Whole business days between the counter-notice and now. */
function businessDaysSince(received: Date): number {
  let count = 0;
  const today = dayIn(ZONE, kit.deps.clock.now());
  for (let day = plusDays(dayIn(ZONE, received), 1); day < today; day = plusDays(day, 1)) {
    if (isBusinessDay(day)) count++;
  }
  return count;
}

test('whatever happens in whatever order: back not before the tenth day, never after a court notice, and the strike goes with it', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (road) => {
      const matter = await matterOf();
      let isDown = false;
      let counteredAt: Date | null = null;
      let wentToCourt = false;
      for (const act of road) {
        const before = kit.deps.clock.now();
        const took = (await perform(matter, act)) < 300;
        if (took && act === 'approve') isDown = true;
        if (took && act === 'counter') counteredAt = before;
        if (took && act === 'court') wentToCourt = true;
        if (took && (act === 'retract' || act === 'court_end')) isDown = false;

        const [video] = await kit.db.sql<{ is_public: boolean }>('select is_public from videos where id = $1', [
          matter.videoId,
        ]);
        const strikes = await kit.db.sql(
          'select id from content_safety_strikes where user_id = $1 and lifted_at is null',
          [matter.creator.userId],
        );
        const isBack = video?.is_public === true;
        if (isDown && isBack) {
          // Only the clock can have done it.
          expect(act === 'restart' || typeof act === 'object').toBe(true);
          expect(wentToCourt).toBe(false);
          expect(counteredAt === null ? -1 : businessDaysSince(counteredAt)).toBeGreaterThanOrEqual(10);
          isDown = false;
        }
        if (isDown && counteredAt !== null && !wentToCourt) expect(businessDaysSince(counteredAt)).toBeLessThan(10);
        expect(isBack).toBe(!isDown);
        expect(strikes).toHaveLength(isDown ? 1 : 0);
      }
    }),
    { numRuns: 25, seed: 512 },
  );
}, 120_000);
