export { maskCardNumbers, maskCardNumbersInJson, maskCardNumbersWithin } from './card-numbers.ts';
export { createLogger } from './logger.ts';
export { createMetrics } from './metrics.ts';
