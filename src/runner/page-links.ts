import { Parser } from 'htmlparser2'

/** What a browser fetches to show a page. Addresses are as written in the page. */
export interface PageLinks {
  /** The `href` of the `base` element, against which the other addresses are resolved. */
  base: string | undefined
  /** Addresses of scripts, style sheets, images and similar files, without repetitions. */
  assets: string[]
  /** Number of characters that are visible without any script. */
  visible: number
}

/** Reads the links of a page from its HTML, which may be malformed. */
export function pageLinks(html: string): PageLinks {
  const assets = new Set<string>()
  let base: string | undefined
  let visible = 0
  let invisibleDepth = 0
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'base') base ??= attributes['href']
      if (INVISIBLE.has(name)) invisibleDepth += 1
      for (const address of addressesOf(name, attributes)) assets.add(address)
    },
    ontext(text) {
      if (invisibleDepth === 0) visible += text.trim().length
    },
    onclosetag(name) {
      if (INVISIBLE.has(name)) invisibleDepth -= 1
    },
  })
  parser.end(html)
  return { base, assets: [...assets].filter(isFetched), visible }
}

/** The addresses that a style sheet refers to. */
export function styleSheetLinks(css: string): string[] {
  const plain = css.replaceAll(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, '')
  const addresses = [...plain.matchAll(STYLE_ADDRESS)].map(match => match[1] ?? match[2] ?? '')
  return [...new Set(addresses.map(address => address.trim()))].filter(isFetched)
}

const STYLE_ADDRESS =
  /url\(\s*["']?([^"')\n]{1,2000})["']?\s*\)|@import\s+["']([^"'\n]{1,2000})["']/g

const INVISIBLE = new Set(['script', 'style', 'title', 'noscript', 'template'])

/** Values of `rel` for which a browser fetches the target of a `link` element. */
const FETCHED = /\b(stylesheet|icon|preload|modulepreload|manifest|apple-touch-icon)\b/i

function addressesOf(name: string, attributes: Record<string, string>): string[] {
  if (name === 'link')
    return FETCHED.test(attributes['rel'] ?? '') ? [attributes['href'] ?? ''] : []
  if (['script', 'img', 'source', 'video', 'audio', 'track', 'embed', 'iframe'].includes(name))
    return [
      attributes['src'] ?? '',
      attributes['poster'] ?? '',
      ...srcsetUrls(attributes['srcset']),
    ]
  return []
}

/** The addresses in a `srcset` attribute such as `a.png 1x, b.png 2x`. */
function srcsetUrls(srcset = ''): string[] {
  return srcset.split(/,\s+/).map(part => part.trim().split(/\s+/)[0] ?? '')
}

function isFetched(address: string): boolean {
  return address !== '' && !/^(data|blob|javascript|about|mailto):|^#/i.test(address)
}
