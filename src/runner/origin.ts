/** The addresses at which a started application is found. Nothing else is ever contacted. */
export type Origins = readonly string[]

/** The origin of an address of this very machine; `undefined` for any other address, and for what is none. */
export function localOrigin(address: string): string | undefined {
  const url = parseAddress(address)
  if (!url || !/^https?:$/.test(url.protocol) || !isLoopback(url.hostname)) return undefined
  // A server that listens on all interfaces says so by an address that nobody can call.
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]') url.hostname = 'localhost'
  return url.origin
}

/** A path or address as one of the application's own; `undefined` when it leads elsewhere. */
export function addressWithin(origins: Origins, place: string, base?: string): URL | undefined {
  const [first] = origins
  const url = parseAddress(place, base ?? first)
  return url && isWithin(origins, url) ? url : undefined
}

/** An address, also one relative to another; `undefined` for what is none. */
export function parseAddress(text: string, base?: string): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined
}

/** Does the address belong to the application? `localhost` and `127.0.0.1` are one, and so are `ws:` and `http:`. */
export function isWithin(origins: Origins, url: URL): boolean {
  if (!isLoopback(url.hostname) || !/^(http|ws)s?:$/.test(url.protocol)) return false
  return origins.some(origin => portOf(new URL(origin)) === portOf(url))
}

/** The port of an address, also where it is the usual one. */
export function portOf(url: URL): number {
  return Number(url.port) || (/^(https|wss):$/.test(url.protocol) ? 443 : 80)
}

function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1?\]|0\.0\.0\.0)$/i.test(host)
}
