import { expect, it } from 'vitest';
import { withoutAddresses } from './auth.ts';

it.each([
  'duplicate key value violates "user_email_key": Key (email)=(anna.o\'hara+x@example.org) already exists.',
  'no account for <anna@bücher.example>',
  'GET /verify?email=anna%40example.org&x=1 failed',
])('log lines carry no e-mail address: %s', (message) => {
  const logged = withoutAddresses(message);
  expect(logged).not.toMatch(/anna|example/);
  expect(logged).toContain('[left out]');
});
