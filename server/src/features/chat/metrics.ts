import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface ChatMetrics {
  readonly messages: Counter<'status'>;
  readonly batchSize: Histogram;
  readonly commitSeconds: Histogram;
  readonly fanOutSeconds: Histogram;
  readonly refusedByFullQueue: Counter;
  readonly waiting: Gauge;
  readonly rooms: Gauge;
}

export function chatMetrics(registry: Registry): ChatMetrics {
  const registers = [registry];
  return {
    messages: new Counter({
      name: 'virgil_chat_messages_total',
      help: 'Messages stored, by what became of them',
      labelNames: ['status'],
      registers,
    }),
    batchSize: new Histogram({
      name: 'virgil_chat_batch_size',
      help: 'Messages stored in one transaction',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200],
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'virgil_chat_commit_seconds',
      help: 'Time to store one batch',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    fanOutSeconds: new Histogram({
      name: 'virgil_chat_fan_out_seconds',
      help: 'From receipt of a message to its hand-over to all sockets of the room',
      buckets: [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 5],
      registers,
    }),
    refusedByFullQueue: new Counter({
      name: 'virgil_chat_queue_full_total',
      help: 'Messages refused because too many waited for the database',
      registers,
    }),
    waiting: new Gauge({ name: 'virgil_chat_waiting', help: 'Messages waiting for the database', registers }),
    rooms: new Gauge({ name: 'virgil_chat_rooms', help: 'Rooms held in memory', registers }),
  };
}
