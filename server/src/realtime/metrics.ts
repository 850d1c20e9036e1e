/** Counters of the socket edge. Labels are names from the contract, never what a client sent. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface RealtimeMetrics {
  readonly connections: Gauge;
  readonly refusedConnections: Counter<'reason'>;
  readonly commands: Counter<'command' | 'result'>;
  readonly commandSeconds: Histogram<'command'>;
  readonly broadcasts: Counter<'event'>;
  readonly slowConsumers: Counter;
}

export function realtimeMetrics(registry: Registry): RealtimeMetrics {
  const registers = [registry];
  return {
    connections: new Gauge({ name: 'virgil_socket_connections', help: 'Open socket connections', registers }),
    refusedConnections: new Counter({
      name: 'virgil_socket_connections_refused_total',
      help: 'Socket connections refused, by reason',
      labelNames: ['reason'],
      registers,
    }),
    commands: new Counter({
      name: 'virgil_socket_commands_total',
      help: 'Socket commands, by command and result code',
      labelNames: ['command', 'result'],
      registers,
    }),
    commandSeconds: new Histogram({
      name: 'virgil_socket_command_seconds',
      help: 'From receipt of a command to its acknowledgement',
      labelNames: ['command'],
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 5],
      registers,
    }),
    broadcasts: new Counter({
      name: 'virgil_socket_broadcasts_total',
      help: 'Broadcasts sent, by event',
      labelNames: ['event'],
      registers,
    }),
    slowConsumers: new Counter({
      name: 'virgil_socket_slow_consumers_total',
      help: 'Connections ended because the client did not read',
      registers,
    }),
  };
}
