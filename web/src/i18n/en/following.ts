export const following = {
  title: 'Following',
  live: 'Live now',
  all: 'All channels you follow',
  search: 'Search by name',
  noMatch: 'You follow no channel that fits “{{q}}”.',
  off: { title: 'Nobody you follow is live.', text: 'When one of them starts, it shows here.' },
  none: {
    title: 'You follow no channels yet.',
    text: 'Follow one on its page or under a stream, and find it again here.',
  },
  guest: { title: 'Sign in to see whom you follow.', text: 'Following needs an account. Watching does not.' },
} as const;
