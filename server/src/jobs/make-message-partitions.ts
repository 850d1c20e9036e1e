/** Chat partitions are there before their month begins. */
import { z } from 'zod';
import { makeMessagePartitions } from '../db/message-partitions.ts';
import { defineJob } from './handler.ts';

export const makePartitionsJob = defineJob({
  kind: 'store.make-message-partitions',
  schema: z.object({}),
  every: 24 * 3_600_000,
  async run(tx, _payload, { now }) {
    await makeMessagePartitions(tx, now);
  },
});
