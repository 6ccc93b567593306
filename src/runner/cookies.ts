import { Cookie, CookieJar } from 'tough-cookie'

/** What a browser would keep of the cookies of one visit. */
export interface Cookies {
  /** The header for a request; empty where there is nothing to send. */
  header(url: URL): string
  /** Keeps what an answer sets; what no browser would keep is left out. */
  keep(url: URL, lines: readonly string[]): void
  /** All of them, for a page of the same visit. */
  all(): SharedCookie[]
  /** Those of a page are the cookies from now on. */
  replace(cookies: readonly SharedCookie[]): void
}

/** A cookie in the form that both a jar and a browser understand. */
export interface SharedCookie {
  name: string
  value: string
  /** With a dot in front where it is for the hosts below as well. */
  domain: string
  path: string
  /** Seconds since 1970; -1: it ends with the visit. */
  expires: number
  httpOnly: boolean
  secure: boolean
  sameSite?: 'Strict' | 'Lax' | 'None'
}

/** A jar without any cookie. */
export function newCookies(): Cookies {
  const jar = new CookieJar(undefined, { looseMode: true })
  return {
    header: url => jar.getCookieStringSync(url.href),
    keep(url, lines) {
      for (const line of lines) jar.setCookieSync(line, url.href, { ignoreError: true })
    },
    all: () => (jar.serializeSync()?.cookies ?? []).flatMap(one => shared(Cookie.fromJSON(one))),
    replace(cookies) {
      jar.removeAllCookiesSync()
      for (const cookie of cookies)
        jar.setCookieSync(kept(cookie), addressOf(cookie), { ignoreError: true })
    },
  }
}

function shared(cookie: Cookie | undefined): SharedCookie[] {
  if (!cookie || cookie.domain === null) return []
  const { key: name, value, domain, hostOnly, path, httpOnly, secure } = cookie
  const sameSite = SAME_SITE[cookie.sameSite ?? '']
  const ends = cookie.expiryTime() ?? Infinity
  return [
    {
      name,
      value,
      domain: hostOnly === false ? `.${domain}` : domain,
      path: path ?? '/',
      expires: Number.isFinite(ends) ? Math.round(ends / 1000) : -1,
      httpOnly,
      secure,
      ...(sameSite && { sameSite }),
    },
  ]
}

const SAME_SITE: Record<string, SharedCookie['sameSite']> = {
  strict: 'Strict',
  lax: 'Lax',
  none: 'None',
}

function kept(cookie: SharedCookie): Cookie {
  const { name: key, value, domain, path, expires, httpOnly, secure, sameSite } = cookie
  return new Cookie({
    key,
    value,
    path,
    httpOnly,
    secure,
    ...(domain.startsWith('.') && { domain: domain.slice(1) }),
    ...(expires >= 0 && { expires: new Date(expires * 1000) }),
    ...(sameSite && { sameSite: sameSite.toLowerCase() }),
  })
}

/** Where a cookie could have come from. */
function addressOf({ domain, path, secure }: SharedCookie): string {
  return `${secure ? 'https' : 'http'}://${domain.replace(/^\./, '')}${path}`
}
