import { Cookie, CookieJar } from 'tough-cookie'

/** The cookies of one flow, under the rules that browsers follow. */
export interface Cookies {
  /** Value of the `Cookie` header for a request; empty if no cookie applies. */
  header(url: URL): string
  /** Stores the `Set-Cookie` lines of a response. Cookies that a browser would reject are ignored. */
  store(url: URL, lines: readonly string[]): void
  /** All cookies, to be set in a browser page of the same flow. */
  all(): SharedCookie[]
  /** Replaces all cookies by those of a browser page. */
  replace(cookies: readonly SharedCookie[]): void
}

/** A cookie in the form that both a cookie jar and a browser accept. */
export interface SharedCookie {
  name: string
  value: string
  /** Starts with a dot if the cookie is valid for subdomains too. */
  domain: string
  path: string
  /** Seconds since 1970; -1 for a session cookie. */
  expires: number
  httpOnly: boolean
  secure: boolean
  sameSite?: 'Strict' | 'Lax' | 'None'
}

/** An empty cookie jar. */
export function newCookies(): Cookies {
  const jar = new CookieJar(undefined, { looseMode: true })
  return {
    header: url => jar.getCookieStringSync(url.href),
    store(url, lines) {
      for (const line of lines) jar.setCookieSync(line, url.href, { ignoreError: true })
    },
    all: () =>
      (jar.serializeSync()?.cookies ?? []).flatMap(json => toShared(Cookie.fromJSON(json))),
    replace(cookies) {
      jar.removeAllCookiesSync()
      for (const cookie of cookies)
        jar.setCookieSync(fromShared(cookie), urlOf(cookie), { ignoreError: true })
    },
  }
}

function toShared(cookie: Cookie | undefined): SharedCookie[] {
  if (!cookie || cookie.domain === null) return []
  const { key: name, value, domain, hostOnly, path, httpOnly, secure } = cookie
  const sameSite = SAME_SITE[cookie.sameSite ?? '']
  const expiry = cookie.expiryTime() ?? Infinity
  return [
    {
      name,
      value,
      domain: hostOnly === false ? `.${domain}` : domain,
      path: path ?? '/',
      expires: Number.isFinite(expiry) ? Math.round(expiry / 1000) : -1,
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

function fromShared(cookie: SharedCookie): Cookie {
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

/** A URL from which the cookie could have been set. */
function urlOf({ domain, path, secure }: SharedCookie): string {
  return `${secure ? 'https' : 'http'}://${domain.replace(/^\./, '')}${path}`
}
