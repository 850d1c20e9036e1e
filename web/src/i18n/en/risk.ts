/** What a score means, in words. */
export const risk = {
  level: { clear: 'clear', watch: 'watch', held: 'held', blocked: 'blocked' },
  band: { published: 'published', held: 'held', blocked: 'blocked' },
  rule: 'Score {{score}}; held from {{hold}}, blocked from {{block}}',
  noBreakdown: 'Nobody scored it category by category.',
  category: {
    hate: 'Hate',
    harassment: 'Harassment',
    threat: 'Threat',
    sexual: 'Sexual content',
    minors: 'Endangering minors',
    self_harm: 'Self-harm',
    spam: 'Spam',
    impersonation: 'Impersonation',
    pii: 'Private data',
    toxicity: 'Insults',
    terror: 'Terrorism',
    fraud: 'Fraud',
  },
} as const;
