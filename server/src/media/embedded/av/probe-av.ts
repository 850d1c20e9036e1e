/**
 * Whether node-av works here. Tried in a child process: it maps 170 MB, and a binary that does not fit the machine
 * may take its process along.
 */
import { z } from 'zod';
import { MediaChild } from '../media-child.ts';
import type { MediaLog } from '../parts.ts';

export async function probeAv(log: MediaLog): Promise<boolean> {
  const child = new MediaChild<never, never>({
    name: 'node-av probe',
    script: new URL('./probe-av-child.ts', import.meta.url),
    args: [],
    event: z.never(),
    onEvent: () => {},
    onExit: () => {},
    log,
  });
  try {
    return z.boolean().parse(await child.ready());
  } catch (error) {
    log.warn({ error: String(error) }, 'node-av cannot be loaded');
    return false;
  } finally {
    child.kill();
  }
}
