import type { Nodes } from 'mdast'
import { remark } from 'remark'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import { rowsOf } from '../../src/dialects/markdown.ts'

const parser = remark().use(remarkGfm).use(remarkFrontmatter, ['yaml'])

/** `line kind` of every ATX heading and list item outside block quotes, according to remark. */
export function remarkLines(source: string): string[] {
  // remark counts offsets without the byte order mark.
  const text = source.replace(/^\u{feff}/u, '')
  const found: string[] = []
  visit(parser.parse(text), node => {
    const start = node.position?.start
    if (start === undefined) return
    const isAtx = node.type === 'heading' && text[start.offset ?? 0] === '#'
    if (isAtx && node.position?.start.line === node.position?.end.line)
      found.push(`${start.line} heading ${node.depth}`)
    if (node.type === 'listItem') found.push(`${start.line} item`)
  })
  return [...new Set(found)]
}

/** The same according to the scanner. */
export function scannerLines(source: string): string[] {
  return rowsOf(source).flatMap(({ line, kind, level }) => {
    if (kind === 'heading') return [`${line} heading ${level}`]
    return kind === 'item' ? [`${line} item`] : []
  })
}

function visit(node: Nodes, visitor: (node: Nodes) => void): void {
  visitor(node)
  if (node.type === 'blockquote' || !('children' in node)) return
  for (const child of node.children) visit(child, visitor)
}
