/** The door of the sandbox. */
import { z } from 'zod';
import { defineJob, type JobHandler } from '../../jobs/index.ts';
import type { Sandbox } from './sandbox.ts';

export { type Play, Sandbox, type SandboxCheckout } from './sandbox.ts';

const LOOK_EVERY_MS = 5_000;

/** Sends the webhooks whose time has come. */
export function sandboxJob(sandbox: Sandbox): JobHandler {
  return defineJob({
    kind: 'payments.sandbox-tell',
    schema: z.object({}),
    every: LOOK_EVERY_MS,
    alone: true,
    run: () => sandbox.tellDue(),
  });
}
