/** Prometheus metrics. Each part of the server registers its own here; labels never hold ids of people or streams. */
import { collectDefaultMetrics, Registry } from 'prom-client';

export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'virgil_' });
  return registry;
}
