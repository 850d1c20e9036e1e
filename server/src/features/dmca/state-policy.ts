/** The road of a notice: which act leads where. Facts in, decision out. */
import type { DmcaStatus } from '@virgil/contract';

/**
 * `counter` is the creator's; `court` and `retract` are the claimant's; `put_back` the clock's; `court_end` an admin's
 * after the court; `overturn` follows from an accepted appeal against the strike. `misrepresent` closes nothing: it is a
 * finding about a notice that came to nothing (§ 512(f)).
 */
export type Act =
  | 'complete'
  | 'chase'
  | 'void'
  | 'approve'
  | 'reject'
  | 'counter'
  | 'court'
  | 'retract'
  | 'put_back'
  | 'court_end'
  | 'overturn'
  | 'misrepresent';

export type Move =
  | { readonly allowed: true; readonly to: DmcaStatus }
  /** `incomplete`: elements are missing. `unknown`: the actor may not know of it yet. `decided`: it is too late. */
  | { readonly allowed: false; readonly because: 'incomplete' | 'unknown' | 'decided' };

const to = (status: DmcaStatus): Move => ({ allowed: true, to: status });
const DECIDED: Move = { allowed: false, because: 'decided' };
const INCOMPLETE: Move = { allowed: false, because: 'incomplete' };
const UNKNOWN: Move = { allowed: false, because: 'unknown' };

const waits = (status: DmcaStatus): boolean => status === 'incomplete' || status === 'chased';
/** Taken down, and not back yet. */
export const isDown = (status: DmcaStatus): boolean =>
  status === 'approved' || status === 'counter_noticed' || status === 'in_court';

/** Of a completed notice `complete` leads on to `valid` where nothing is missing any more: the caller knows. */
export function moveOf(status: DmcaStatus, act: Act): Move {
  switch (act) {
    case 'complete':
      return waits(status) ? to(status) : DECIDED;
    case 'chase':
      return waits(status) ? to('chased') : DECIDED;
    case 'void':
      return waits(status) ? to('void') : DECIDED;
    case 'approve':
    case 'reject':
      if (waits(status)) return INCOMPLETE;
      return status === 'valid' ? to(act === 'approve' ? 'approved' : 'rejected') : DECIDED;
    case 'counter':
      if (status === 'approved') return to('counter_noticed');
      // Taken for the record and passed on, but the court has the word now: the clock does not run.
      if (status === 'in_court') return to('in_court');
      return waits(status) || status === 'valid' || status === 'void' ? UNKNOWN : DECIDED;
    case 'court':
      return status === 'approved' || status === 'counter_noticed' ? to('in_court') : DECIDED;
    case 'retract':
      return waits(status) || status === 'valid' || isDown(status) ? to('retracted') : DECIDED;
    case 'put_back':
      return status === 'counter_noticed' ? to('restored') : DECIDED;
    case 'court_end':
      return status === 'in_court' ? to('restored') : DECIDED;
    case 'overturn':
      // Once the other side has been told of a clock or has gone to court, that decides when it comes back.
      return status === 'approved' ? to('restored') : DECIDED;
    case 'misrepresent':
      return status === 'rejected' || status === 'restored' || status === 'retracted' ? to(status) : DECIDED;
  }
}

/** One counter-notice a notice. */
export function mayCounter(notice: { readonly status: DmcaStatus; readonly hasCounter: boolean }): Move {
  return notice.hasCounter ? DECIDED : moveOf(notice.status, 'counter');
}
