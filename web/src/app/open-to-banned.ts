/** Pages that stay open to whoever is under a penalty: appeals, inbox, a copy of their data, and what is public law. */
const OPEN = ['/settings/account/appeals', '/inbox', '/settings/data'];
const OPEN_BELOW = ['/dmca', '/policies', '/statements', '/transparency'];

export function isOpenToBanned(path: string): boolean {
  const here = path.replace(/\/+$/, '');
  return OPEN.includes(here) || OPEN_BELOW.some((root) => here === root || here.startsWith(`${root}/`));
}
