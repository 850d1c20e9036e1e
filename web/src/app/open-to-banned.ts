/** Pages that stay open to whoever is under a penalty: appeals, inbox, e-mail, a copy of their data, and what is public law. */
const OPEN = ['/settings/account/appeals', '/inbox', '/settings/data', '/settings/mail', '/unsubscribe'];
const OPEN_BELOW = ['/dmca', '/policies', '/statements', '/transparency'];

export function isOpenToBanned(path: string): boolean {
  const here = path.replace(/\/+$/, '');
  return OPEN.includes(here) || OPEN_BELOW.some((root) => here === root || here.startsWith(`${root}/`));
}
