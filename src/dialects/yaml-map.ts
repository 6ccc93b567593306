import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml'
import { countOf } from '../plan/format-list.ts'

/** A YAML text whose root is a map; `undefined` if it is empty. YAML tags and aliases are not resolved. */
export interface YamlMap {
  root: YAMLMap | undefined
  /** 1-based line of a node. */
  lineAt: (node: unknown) => number
}

/** What is wrong with a YAML text, with its 1-based line. */
export interface YamlFault {
  line: number
  text: string
}

/** Parses a YAML text of at most `longest` characters. */
export function parseYamlMap(source: string, longest: number): YamlMap | YamlFault {
  if (source.length > longest)
    return { line: 1, text: `The YAML has more than ${countOf(longest, 'character')}.` }
  const lines = new LineCounter()
  // Only the first error is shown, and a long text may have thousands.
  const options = { lineCounter: lines, logLevel: 'silent', prettyErrors: false } as const
  const document = parseDocument(source, options)
  const lineAt = (node: unknown) => lines.linePos(startOf(node)).line
  const [error] = document.errors
  if (error) {
    const tooDeep = error.code === 'RESOURCE_EXHAUSTION'
    const text = tooDeep
      ? 'The file is nested too deeply.'
      : `The file is not valid YAML: ${error.message}.`
    return { line: lines.linePos(error.pos[0]).line, text }
  }
  const root = document.contents
  if (isEmpty(root)) return { root: undefined, lineAt }
  if (isMap(root)) return { root, lineAt }
  return { line: lineAt(root), text: 'The file is not a map of names and values.' }
}

/** Is there no value? */
export function isEmpty(node: unknown): boolean {
  return (
    node === undefined ||
    node === null ||
    (isScalar(node) && (node.value === null || node.value === ''))
  )
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0
}

/** The text of a scalar, as it is written if it is a number; empty if there is none. */
export function textIn(map: YAMLMap, key: string): string {
  return textOf(map.get(key, true))
}

/** The texts of a list, or of a scalar as a list. */
export function textsIn(map: YAMLMap, key: string): string[] {
  const node = map.get(key, true)
  const nodes: unknown[] = isSeq(node) ? node.items : [node]
  return nodes.map(textOf).filter(text => text !== '')
}

function textOf(node: unknown): string {
  if (!isScalar(node) || node.value === null || node.value === undefined) return ''
  const { value, source } = node
  return (typeof value === 'string' ? value : (source ?? JSON.stringify(value))).trim()
}
