export { bindCommand, type CommandBinding, type RoomSocket } from './command-binding.ts';
export { realtimeMetrics } from './metrics.ts';
export type { Realtime } from './realtime.ts';
export { SocketServer } from './socket-server.ts';
export { type BucketSize, BucketsByKey } from './token-bucket.ts';
