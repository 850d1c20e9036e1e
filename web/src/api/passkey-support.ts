/** A passkey belongs to a domain name over a secure connection; an address such as 127.0.0.1 has none. */
export function hasDomainName(hostname: string): boolean {
  return !/^[\d.]+$|:/.test(hostname);
}

export function passkeysWork(): boolean {
  return isSecureContext && typeof PublicKeyCredential !== 'undefined' && hasDomainName(location.hostname);
}
