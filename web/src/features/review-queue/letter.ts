/** What the person will read, to the letter, in the language of this page. Their own inbox has it in theirs. */
import { letters } from '@virgil/contract';
import type { Decision } from '../../api/desk.ts';

const PUNISHMENTS = { warning: 'Warning', strike: 'Strike', ban: 'Ban' } as const;

/** Null: nobody is told, because the decision is still to come. */
export function letterOf(decision: Decision, language: string): string | null {
  const german = language.startsWith('de');
  switch (decision.act) {
    case 'approve': {
      const letter = letters.approved(decision.reason);
      return (german ? letters.germanLetter(letter) : null) ?? letter.text;
    }
    case 'reject':
      return inGerman(german, 'message_rejected', decision) ?? letters.rejected(decision.reason);
    case 'timeout': {
      const { minutes, reason } = decision;
      return inGerman(german, 'chat_timeout', { reason, minutes }) ?? letters.timedOut(minutes, reason);
    }
    case 'punish': {
      const kind = decision.type === 'ban' ? 'channel_ban' : decision.type;
      return inGerman(german, kind, decision) ?? letters.punished(PUNISHMENTS[decision.type], decision.reason);
    }
    case 'escalate':
      return null;
  }
}

function inGerman(
  german: boolean,
  kind: string,
  { minutes, reason }: { readonly reason: string; readonly minutes?: number },
): string | null {
  if (!german) return null;
  const data = {
    reason: letters.withoutFullStop(reason),
    ...(minutes === undefined ? {} : { minutes: String(minutes) }),
  };
  return letters.germanLetter({ kind: `statement.${kind}`, data });
}
