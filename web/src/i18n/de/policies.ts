import type { policies as english } from '../en/policies.ts';
import type { SameWords } from '../shape.ts';

export const policies: SameWords<typeof english> = {
  title: 'Regeln und Rechte',
  lead: 'Was auf dieser Plattform gilt, in Worten.',
  version: 'Fassung {{version}}, seit {{day}}',
  earlier: 'Frühere Fassungen: {{list}}',
  earlierOne: '{{version}} (ab {{day}})',
  agentTitle: 'Benannte Stelle',
  agentText: 'Für Urheberrechtsmeldungen per Brief, E-Mail oder Telefon (17 U.S.C. §\u00a0512(c)(2)).',
  noAgent: 'Noch ist keine Stelle benannt.',
  noAgentText: 'Das Formular erreicht die Admins dieser Plattform.',
  agentName: 'Name',
  agentAddress: 'Anschrift',
  agentPhone: 'Telefon',
  agentEmail: 'E-Mail',
  agentNumber: 'Registrierung',
  toForm: 'Urheberrechtsmeldung senden',
  back: 'Alle Regeln',
  notFound: 'Diese Regel gibt es nicht.',
  footer: 'Regeln und Rechte',
  footerFigures: 'Transparenzbericht',
  footerNotice: 'Urheberrechtsmeldung',
  footerLabel: 'Über diese Plattform',
};
