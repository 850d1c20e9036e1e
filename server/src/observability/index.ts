export { createLogger, describeError, pseudonym } from './logger.ts';
export { createMetrics } from './metrics.ts';
