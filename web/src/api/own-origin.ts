/**
 * The server writes addresses for the world (`PUBLIC_URL`); a page that came from it by another name (127.0.0.1, an
 * address in the home network) reaches the same paths where it came from, and its content policy allows only that.
 */
export function onOwnOrigin(address: string, page: string = window.location.href): string {
  const { pathname, search } = new URL(address, page);
  return new URL(pathname + search, page).href;
}

/** For showing to people: a loopback name in an address becomes the name this page was reached by. */
export function asReachedHere(address: string, page: string = window.location.href): string {
  const shown = new URL(address);
  const here = new URL(page);
  const isLoopback = (hostname: string) => hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  if (!isLoopback(shown.hostname) || isLoopback(here.hostname)) return address;
  // `hostname =` is ignored for schemes the URL standard does not know, such as rtmp.
  return address.replace(`//${shown.host}`, `//${here.hostname}${shown.port ? `:${shown.port}` : ''}`);
}
