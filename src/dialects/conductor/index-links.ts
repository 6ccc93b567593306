import type { WorkspaceReader } from '../dialect.ts'
import { rowsOf } from '../markdown.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import { resolvePath } from './paths.ts'

/** The targets that an index.md may link to. */
export type Linked = 'registry' | 'tracks' | 'workflow' | 'product' | 'guidelines' | 'stack'

/**
 * The path that the index.md of a conductor folder links to for a target; `undefined` if it has no such link or the path
 * does not exist. Then the caller uses the default path.
 */
export function linkedIn(
  reader: WorkspaceReader,
  root: string,
  target: Linked,
): string | undefined {
  const links = linksOf(textOrEmpty(reader, `${root}/index.md`))
  const patterns = LINKS[target]
  const matching = links.filter(
    link => patterns.label.test(link.label) && patterns.target.test(link.target),
  )
  const paths = matching.flatMap(link => resolvePath(root, link.target.replace(/^<|>$/g, '')) ?? [])
  return paths.find(path => path !== root && reader.exists(path))
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

const LINK = /\[([^\]]{1,300})\]\(\s*(<[^>]{1,1000}>|[^)\s]{1,1000})/g
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
