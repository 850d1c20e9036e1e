import { audit } from '@virgil/contract';
import { type Binding, bind } from '../../http/index.ts';
import type { AuditLog } from './audit-log.ts';
import { changeKeys } from './change-keys.ts';
import { exportLog } from './export-log.ts';
import { giveReceipt } from './give-receipt.ts';
import { logState } from './log-state.ts';
import { readEntry } from './read-entry.ts';
import { restartLog } from './restart-log.ts';
import { searchLog } from './search-log.ts';

/** Each reads and proves up to 10,000 entries. */
const EXPORT_LIMIT = { points: 10, seconds: 60 };
const RECEIPT_LIMIT = { points: 60, seconds: 60 };
const KEY_LIMIT = { points: 10, seconds: 60 };

export function auditRoutes(log: AuditLog): Binding[] {
  return [
    bind(audit.listAudit, ({ caller, query }) => searchLog(log, caller, query)),
    bind(audit.getAuditLog, () => logState(log)),
    bind(audit.exportAudit, ({ caller, query }) => exportLog(log, caller, query), { limit: EXPORT_LIMIT }),
    bind(audit.getAuditEntry, ({ caller, params, query }) => readEntry(log, caller, params.eventId, query.since)),
    bind(audit.addAuditKey, ({ caller }) => changeKeys(log, caller, 'add'), { limit: KEY_LIMIT }),
    bind(audit.retireAuditKey, ({ caller }) => changeKeys(log, caller, 'retire'), { limit: KEY_LIMIT }),
    bind(audit.restartAuditLog, ({ caller, body }) => restartLog(log, caller, body.reason), { limit: KEY_LIMIT }),
    bind(audit.getReceipt, ({ caller, params }) => giveReceipt(log, caller, params.eventId), { limit: RECEIPT_LIMIT }),
  ];
}
