/** What the page keeps in its address: the search, and the entry that is open. */
import { AUDIT_ENTITIES, AUDIT_TYPES, type AuditEntity, type AuditType } from '@virgil/contract';

export interface AuditSearch {
  readonly q?: string;
  readonly type?: AuditType;
  readonly entity?: AuditEntity;
  readonly entityId?: string;
  readonly actorId?: string;
  /** Days as the browser's field gives them: 2026-11-20. */
  readonly from?: string;
  readonly to?: string;
  readonly entry?: string;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const id = /^[A-Za-z0-9_-]{1,64}$/;

export function auditSearch(raw: Record<string, unknown>): AuditSearch {
  const text = (name: string, form: RegExp) => {
    const value = raw[name];
    const written = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    return form.test(written) ? { [name]: written } : {};
  };
  return {
    ...text('q', /^.{1,100}$/u),
    ...(AUDIT_TYPES.some((type) => type === raw.type) ? { type: raw.type as AuditType } : {}),
    ...(AUDIT_ENTITIES.some((entity) => entity === raw.entity) ? { entity: raw.entity as AuditEntity } : {}),
    ...text('entityId', id),
    ...text('actorId', id),
    ...text('from', day),
    ...text('to', day),
    ...text('entry', id),
  };
}
