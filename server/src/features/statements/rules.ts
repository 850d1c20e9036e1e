/** The rules of the platform by category: what a statement of reasons names as its ground. */
import type { StatementCategory } from '@virgil/contract';

export interface Rule {
  /** What the rule is called. */
  readonly name: string;
  /** Why that is not allowed here, in one sentence. */
  readonly explanation: string;
}

const RULES: Readonly<Record<StatementCategory, Rule>> = {
  hate: {
    name: 'Community rules: hate speech',
    explanation:
      'The rules forbid attacking people for what they are: their origin, faith, sex, sexuality, disability.',
  },
  harassment: {
    name: 'Community rules: harassment',
    explanation: 'The rules forbid pursuing, humiliating or intimidating a person.',
  },
  threat: {
    name: 'Community rules: threats',
    explanation: 'The rules forbid announcing harm to a person or a group.',
  },
  violence: {
    name: 'Community rules: violence',
    explanation: 'The rules forbid showing cruelty for its own sake and calling for violence.',
  },
  sexual: {
    name: 'Community rules: sexual content',
    explanation: 'The rules forbid nudity and sexual acts.',
  },
  minors: {
    name: 'Community rules: protection of minors',
    explanation: 'The rules forbid everything that endangers or sexualises minors.',
  },
  self_harm: {
    name: 'Community rules: self-harm',
    explanation: 'The rules forbid encouraging or instructing anybody to harm themselves.',
  },
  spam: {
    name: 'Community rules: spam',
    explanation: 'The rules forbid unasked-for, repeated or misleading advertising.',
  },
  impersonation: {
    name: 'Community rules: impersonation',
    explanation: 'The rules forbid posing as somebody else.',
  },
  pii: {
    name: 'Community rules: private data',
    explanation: 'The rules forbid publishing private data of other people.',
  },
  toxicity: {
    name: 'Community rules: insults',
    explanation: 'The rules forbid insulting people.',
  },
  terror: {
    name: 'Community rules: terrorist content',
    explanation: 'The rules forbid praising, supporting or calling for terrorism.',
  },
  fraud: {
    name: 'Community rules: fraud',
    explanation: 'The rules forbid deceiving people for gain.',
  },
  copyright: {
    name: 'Copyright: 17 U.S.C. § 512(c)',
    explanation: 'A rights holder stated under penalty of perjury that this is their work, used without permission.',
  },
  rights: {
    name: 'Community rules: rights of others',
    explanation: 'The rules forbid using what belongs to others without their permission.',
  },
  other: {
    name: 'Community rules: other breaches',
    explanation: 'What was done breaks the rules of the platform in the way described above.',
  },
};

export const ruleOf = (category: StatementCategory): Rule => RULES[category];
