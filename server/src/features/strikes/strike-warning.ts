/** Strikes warn in words: a paragraph of its own below the letter that tells of the decision. */
import type { Step } from './strike-ladder-policy.ts';

/** `text` is English; `data` is what a translation needs, and goes into the data of the notice that carries it. */
export interface StrikeWarning {
  readonly kind: 'strike_warning';
  readonly text: string;
  readonly data: { readonly strikeStep: Step; readonly strikeNumber: string; readonly strikeEndsAt: string };
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** `number`: how many are active with this one. */
export function strikeWarning(number: number, step: Step, endsAt: Date): StrikeWarning {
  const data = { strikeStep: step, strikeNumber: String(number), strikeEndsAt: endsAt.toISOString() };
  return { kind: 'strike_warning', text: `${sentence(number, step)} This one ends on ${dayOf(endsAt)}.`, data };
}

function sentence(number: number, step: Step): string {
  const ordinal = ORDINALS[number - 1];
  const which = ordinal === undefined ? `You have ${number} active strikes.` : `This is your ${ordinal} active strike.`;
  switch (step) {
    case 'clear':
    case 'warned':
      return `${which} Three at the same time close the account.`;
    case 'warned_harder':
      return `${which} A third closes the account until an appeal or 90 days.`;
    case 'escalated':
      return `${which} An admin looks at them before anything else follows.`;
    case 'banned':
      return `${which} The account is closed until fewer than three are active, by an appeal or after 90 days.`;
  }
}

/** 18 February: a strike ends within the year. */
function dayOf(date: Date): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(date);
}
