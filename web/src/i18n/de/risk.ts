import type { risk as english } from '../en/risk.ts';
import type { SameWords } from '../shape.ts';

export const risk: SameWords<typeof english> = {
  level: { clear: 'unauffällig', watch: 'beobachten', held: 'zurückgehalten', blocked: 'gesperrt' },
  band: { published: 'veröffentlicht', held: 'gehalten', blocked: 'gesperrt' },
  rule: 'Wert {{score}}; ab {{hold}} zurückgehalten, ab {{block}} gesperrt',
  noBreakdown: 'Es wurde nicht nach Kategorien bewertet.',
  category: {
    hate: 'Hass',
    harassment: 'Belästigung',
    threat: 'Drohung',
    sexual: 'Sexuelle Inhalte',
    minors: 'Gefährdung Minderjähriger',
    self_harm: 'Selbstverletzung',
    spam: 'Spam',
    impersonation: 'Als jemand anderes ausgegeben',
    pii: 'Private Daten',
    toxicity: 'Beleidigungen',
    terror: 'Terrorismus',
    fraud: 'Betrug',
  },
};
