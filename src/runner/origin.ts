/** The origins of the started application, such as `http://localhost:3000`. Nothing else is ever contacted. */
export type Origins = readonly string[]

/** The origin of an address on this machine; `undefined` for any other address and for an invalid one. */
export function localOrigin(address: string): string | undefined {
  const url = parseAddress(address)
  if (!url || !/^https?:$/.test(url.protocol) || !isLoopback(url.hostname)) return undefined
  // Servers that listen on all interfaces print an address that cannot be requested.
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]') url.hostname = 'localhost'
  return url.origin
}

/** Resolves a path or address within the application; `undefined` if it leads elsewhere. */
export function addressWithin(origins: Origins, address: string, base?: string): URL | undefined {
  const [first] = origins
  const url = parseAddress(address, base ?? first)
  return url && isWithin(origins, url) ? url : undefined
}

/** Parses an address, relative to `base` if that is given; `undefined` if it is invalid. */
export function parseAddress(text: string, base?: string): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined
}

/** Does the address belong to the application? `localhost` and `127.0.0.1` are the same, and so are `ws:` and `http:`. */
export function isWithin(origins: Origins, url: URL): boolean {
  if (!isLoopback(url.hostname) || !/^(http|ws)s?:$/.test(url.protocol)) return false
  return origins.some(origin => portOf(new URL(origin)) === portOf(url))
}

/** The port of an address, or the default port of its protocol. */
export function portOf(url: URL): number {
  return Number(url.port) || (/^(https|wss):$/.test(url.protocol) ? 443 : 80)
}

function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1?\]|0\.0\.0\.0)$/i.test(host)
}
