import { expect, test } from 'vitest';
import { hasDomainName } from './passkey-support.ts';

test.each([
  ['localhost', true],
  ['virgil.example', true],
  ['127.0.0.1', false],
  ['192.168.0.12', false],
  ['[::1]', false],
])('%s can hold passkeys: %s', (hostname, can) => {
  expect(hasDomainName(hostname)).toBe(can);
});
