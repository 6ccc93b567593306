import type { WorkspaceReader } from '../dialect.ts'
import { rowsOf } from '../markdown.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import { resolvePath } from './paths.ts'

/** What an index.md may point to; the words are those of its links. */
export type Linked = 'registry' | 'tracks' | 'workflow' | 'product' | 'guidelines' | 'stack'

/**
 * Where the index.md of a conductor folder says that something is, seen from that folder; `undefined` where it does not
 * say so, or where nothing is there. Then the usual place counts.
 */
export function linkedIn(reader: WorkspaceReader, root: string, what: Linked): string | undefined {
  const links = linksOf(textOrEmpty(reader, `${root}/index.md`))
  const { label, target } = LINKS[what]
  const meant = links.filter(link => label.test(link.label) && target.test(link.target))
  const places = meant.flatMap(link => resolvePath(root, link.target.replace(/^<|>$/g, '')) ?? [])
  return places.find(place => place !== root && reader.exists(place))
}

interface Link {
  label: string
  target: string
}

function linksOf(text: string): Link[] {
  const visible = rowsOf(text).filter(({ kind }) => kind !== 'hidden')
  return visible.flatMap(row =>
    [...row.text.matchAll(LINK)].map(([, label = '', target = '']) => ({
      label: label.replaceAll(/[*_`]/g, '').trim(),
      target,
    })),
  )
}

const LINK = /\[([^\]]+)\]\(\s*(<[^>]+>|[^)\s]+)/g
const FILE = /\.md>?$/i
const FOLDER = /(^|\/)[^./]+\/?>?$/

const LINKS: Record<Linked, { label: RegExp; target: RegExp }> = {
  registry: { label: /\btracks?\s+(registry|list)\b|^(tracks|registry)$/i, target: FILE },
  tracks: { label: /\btracks?\s+(director(y|ies)|folder)\b|^tracks$/i, target: FOLDER },
  workflow: { label: /\bworkflow\b/i, target: FILE },
  product: { label: /\bproduct\s+(definition|guide|vision)\b|^product$/i, target: FILE },
  guidelines: { label: /\bguidelines\b/i, target: FILE },
  stack: { label: /\btech(nology|nical)?[\s-]+stack\b/i, target: FILE },
}
