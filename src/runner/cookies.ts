import { CookieJar } from 'tough-cookie'

/** What a browser would keep of the cookies of one visit. */
export interface Cookies {
  /** The header for a request; empty where there is nothing to send. */
  header(url: URL): string
  /** Keeps what an answer sets; what no browser would keep is left out. */
  keep(url: URL, lines: readonly string[]): void
}

/** A jar without any cookie. */
export function newCookies(): Cookies {
  const jar = new CookieJar(undefined, { looseMode: true })
  return {
    header: url => jar.getCookieStringSync(url.href),
    keep(url, lines) {
      for (const line of lines) jar.setCookieSync(line, url.href, { ignoreError: true })
    },
  }
}
