/** Ports: one that is free for tests, and a plain word when the wanted one is taken. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartupProblem } from './startup-problem.ts';

/** The wanted port if it is free (0: any). Asked before anything is started, so that a second start harms nothing. */
export async function freePort(host: string, wanted: number): Promise<number> {
  const probe = createServer();
  try {
    probe.listen({ host, port: wanted, exclusive: true });
    await once(probe, 'listening');
  } catch (error) {
    throw asPortProblem(error, host, wanted);
  }
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
  return address.port;
}

export function asPortProblem(error: unknown, host: string, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const why = {
    EADDRINUSE: `Port ${port} is taken by another program (maybe another Virgil). Stop it, or choose another: PORT=${port + 1} npm start`,
    EACCES: `Port ${port} may not be opened by this user. Ports below 1024 need rights; choose another: PORT=3000 npm start`,
    EADDRNOTAVAIL: `HOST=${host} is no address of this machine.`,
  }[code ?? ''];
  return why === undefined ? error : new StartupProblem('unavailable', why, { cause: error });
}
