/**
 * A notice in the shape of the Lumen database's API (github.com/berkmancenter/lumendatabase, doc/api_documentation).
 * Nothing is sent: an admin takes the document and submits it with the instance's own token. Facts in, document out.
 */

import type { StoredSettings } from './settings-store.ts';
import type { Counter, Notice } from './store.ts';

const HIDDEN = '[redacted]';

export interface LumenFacts {
  readonly notice: Notice;
  readonly counter: Counter | null;
  readonly publicUrl: string;
  readonly agent: StoredSettings['agent'];
}

/** Names of the parties are the record; how to reach them is not, wherever it was written. */
export function lumenNotice({ agent, counter, notice, publicUrl }: LumenFacts): Record<string, unknown> {
  const redact = redactor([notice.claimantAddress, notice.claimantEmail, notice.claimantPhone, ...contactsOf(counter)]);
  const page = notice.targetType === 'video' ? 'videos' : 'watch';
  const workUrl = webAddress(notice.claimedWorkUrl);
  return {
    type: 'DMCA',
    title: `DMCA notice to ${new URL(publicUrl).hostname}`,
    subject: redact(firstLine(notice.claimedWork)),
    date_sent: dayOf(notice.receivedAt),
    date_received: dayOf(notice.receivedAt),
    source: { form: 'Online form', mail: 'Email', post: 'Postal mail' }[notice.source],
    action_taken: notice.decision === null ? 'Unspecified' : notice.decision === 'approved' ? 'Yes' : 'No',
    jurisdiction_list: 'US',
    ...(counter === null ? {} : { body: 'The creator of the material answered with a counter-notice.' }),
    works_attributes: [
      {
        kind: 'unspecified',
        description: redact(notice.claimedWork),
        copyrighted_urls_attributes: workUrl === null ? [] : [{ url: redact(workUrl) }],
        infringing_urls_attributes: [{ url: `${publicUrl}/${page}/${notice.targetId}` }],
      },
    ],
    entity_notice_roles_attributes: [
      role('sender', notice.claimantName, 'individual'),
      role(
        'recipient',
        agent === null ? new URL(publicUrl).hostname : agent.organisation || agent.name,
        'organization',
      ),
    ],
  };
}

const role = (name: string, entity: string, kind: 'individual' | 'organization') => ({
  name,
  entity_attributes: { name: entity, kind },
});
const contactsOf = (counter: Counter | null): string[] =>
  counter === null ? [] : [counter.address, counter.email, counter.phone, counter.name];
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const firstLine = (text: string): string => [...(text.split('\n', 1)[0] ?? '')].slice(0, 200).join('');

function webAddress(text: string | null): string | null {
  return text !== null && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : null;
}

const EMAIL = /[^\s@<>,;"()]+@[^\s@<>,;"()]+\.[^\s@<>,;"()]+/g;
/** Nine digits and more, however they are grouped. */
const PHONE = /\+?\d(?:[\s()./-]{0,2}\d){8,}/g;

/** What is known of a contact goes by its own words; what looks like one goes by its form. */
function redactor(known: readonly string[]): (text: string) => string {
  const words = known
    .flatMap((text) => [text, ...text.split('\n')])
    .map((text) => text.trim())
    .filter((text) => text.length > 3)
    .toSorted((a, b) => b.length - a.length);
  return (text) => {
    const withoutKnown = words.reduce((left, word) => left.replaceAll(word, HIDDEN), text);
    return withoutKnown.replace(EMAIL, HIDDEN).replace(PHONE, HIDDEN);
  };
}
