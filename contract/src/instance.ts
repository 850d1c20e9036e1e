/** What a browser needs to know about this instance before anyone signs in. */
import { z } from 'zod';
import { operation } from './operations.ts';

export const instance = z.object({
  name: z.string(),
  mode: z.enum(['production', 'development', 'test']),
  setupNeeded: z.boolean(),
  demo: z.boolean(),
  signIn: z.object({ twitch: z.boolean(), passkeys: z.boolean(), emailReset: z.boolean() }),
  media: z.object({
    whip: z.boolean(),
    whep: z.boolean(),
    hls: z.boolean(),
    rtmp: z.boolean(),
    aac: z.boolean(),
    recording: z.boolean(),
    missing: z.array(z.string()),
  }),
  payments: z.boolean(),
  testMoney: z.boolean().describe('Payments are played by a sandbox: nothing real is charged.'),
  rulesOnly: z.boolean().describe('Messages are rated by the rules alone.'),
});
export type Instance = z.infer<typeof instance>;

export const getInstance = operation({
  id: 'instance.get',
  method: 'GET',
  path: '/api/v1/instance',
  who: 'anyone',
  scope: 'read',
  summary: 'What this instance offers.',
  openToBanned: true,
  output: instance,
  errors: [],
});
