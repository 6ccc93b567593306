import { Parser } from 'htmlparser2'

/** What a page needs to be shown, as its addresses stand there; resolved against its own address by `base`. */
export interface PageLinks {
  base: string | undefined
  /** Scripts, style sheets, images and the like, each once. */
  assets: string[]
  /** Characters that a reader would see, without any script. */
  visible: number
}

/** Reads the assets out of HTML, be it broken HTML. */
export function linksOf(html: string): PageLinks {
  const assets = new Set<string>()
  let base: string | undefined
  let visible = 0
  let silent = 0
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'base') base ??= attributes['href']
      if (SILENT.has(name)) silent += 1
      for (const address of addressesOf(name, attributes)) assets.add(address)
    },
    ontext(text) {
      if (silent === 0) visible += text.trim().length
    },
    onclosetag(name) {
      if (SILENT.has(name)) silent -= 1
    },
  })
  parser.end(html)
  return { base, assets: [...assets].filter(isFetched), visible }
}

/** The addresses that a style sheet asks for. */
export function linksOfStyles(css: string): string[] {
  const plain = css.replaceAll(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, '')
  const addresses = [...plain.matchAll(STYLE_ADDRESS)].map(match => match[1] ?? match[2] ?? '')
  return [...new Set(addresses.map(address => address.trim()))].filter(isFetched)
}

const STYLE_ADDRESS =
  /url\(\s*["']?([^"')\n]{1,2000})["']?\s*\)|@import\s+["']([^"'\n]{1,2000})["']/g

const SILENT = new Set(['script', 'style', 'title', 'noscript', 'template'])

/** Relations of a `link` that a browser fetches by itself. */
const FETCHED = /\b(stylesheet|icon|preload|modulepreload|manifest|apple-touch-icon)\b/i

function addressesOf(name: string, attributes: Record<string, string>): string[] {
  if (name === 'link')
    return FETCHED.test(attributes['rel'] ?? '') ? [attributes['href'] ?? ''] : []
  if (['script', 'img', 'source', 'video', 'audio', 'track', 'embed', 'iframe'].includes(name))
    return [attributes['src'] ?? '', attributes['poster'] ?? '', ...ofSet(attributes['srcset'])]
  return []
}

/** `a.png 1x, b.png 2x` */
function ofSet(srcset = ''): string[] {
  return srcset.split(/,\s+/).map(part => part.trim().split(/\s+/)[0] ?? '')
}

function isFetched(address: string): boolean {
  return address !== '' && !/^(data|blob|javascript|about|mailto):|^#/i.test(address)
}
