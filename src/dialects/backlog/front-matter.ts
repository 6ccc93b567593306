import { isScalar, type YAMLMap } from 'yaml'
import { parseYamlMap, type YamlFault } from '../yaml-map.ts'

/** The front matter of a task's file. */
export interface FrontMatter {
  /** UTF-16 offset of its first line in the file. */
  start: number
  root: YAMLMap
  /** 1-based line in the file. */
  lineAt: (node: unknown) => number
}

/** A scalar with its place in the file. */
export interface Scalar {
  /** As it is written, with quotes. */
  text: string
  value: string
  line: number
  /** UTF-16 offset in the file. */
  start: number
}

/** Parses the lines between the dashes at the start of a file. */
export function frontMatterOf(source: string): FrontMatter | YamlFault {
  const [all, open = '', yaml = ''] = BLOCK.exec(source) ?? []
  if (all === undefined)
    return { line: 1, text: 'The file does not begin with front matter between lines of "---".' }
  // A name such as `@me` without quotes is not YAML, but Backlog.md reads it. The offsets stay.
  const readable = yaml.replaceAll(NAMES, (line: string) => line.replaceAll('@', '_'))
  const parsed = parseYamlMap(readable, MAX_LENGTH)
  if ('text' in parsed) return { line: parsed.line + 1, text: parsed.text }
  const { root, lineAt } = parsed
  if (root === undefined) return { line: 1, text: 'The front matter is empty.' }
  return { start: open.length, root, lineAt: node => lineAt(node) + 1 }
}

/** The value of a key; `undefined` if there is none or if it is not a scalar. */
export function scalarIn(
  { start, root, lineAt }: FrontMatter,
  key: string,
  source: string,
): Scalar | undefined {
  const node: unknown = root.get(key, true)
  if (!isScalar(node) || !node.range) return undefined
  const [from, to] = node.range
  const text = source.slice(start + from, start + to)
  const value = typeof node.value === 'string' ? node.value : text
  return { text, value: value.trim(), line: lineAt(node), start: start + from }
}

const BLOCK = /^(\u{feff}?---[ \t]*(?:\r\n|\n|\r))([\s\S]*?)(?<=[\r\n])---[ \t]*(?:\r\n|\n|\r|$)/u
const NAMES = /^(?:assignee|reporter)[ \t]*:.*$|^[ \t]*-[ \t]+@.*$/gm
const MAX_LENGTH = 16 * 1024
