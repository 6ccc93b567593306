import path from 'node:path'
import { globPattern } from '../../runner/glob.ts'
import type { Context } from '../context/context.ts'
import { textInSnapshot, type SnapshotFields } from '../testing/snapshots.ts'

/** The files that `.gitattributes` of a snapshot marks as `linguist-generated`, with the same rules as code hosts. */
export async function markedFiles(
  context: Context,
  snapshot: SnapshotFields,
  files: readonly string[],
): Promise<ReadonlySet<string>> {
  const folders = new Set(files.flatMap(foldersOf))
  const rules = new Map<string, Rule[]>()
  for (const folder of folders) {
    const text = await textInSnapshot(context, snapshot, path.posix.join(folder, '.gitattributes'))
    if (text !== undefined) rules.set(folder, rulesIn(text))
  }
  return new Set(files.filter(file => isMarked(file, rules)))
}

interface Rule {
  matches: (file: string) => boolean
  /** `undefined`: the rule cancels earlier ones. */
  isGenerated: boolean | undefined
}

/** The folders of a file, the workspace first: rules nearer to the file count more. */
function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1)
  return ['', ...parts.map((_, at) => parts.slice(0, at + 1).join('/'))]
}

function isMarked(file: string, rules: ReadonlyMap<string, Rule[]>): boolean {
  let isGenerated: boolean | undefined
  for (const folder of foldersOf(file)) {
    const inFolder = path.posix.relative(folder, file)
    for (const rule of rules.get(folder) ?? []) if (rule.matches(inFolder)) ({ isGenerated } = rule)
  }
  return isGenerated ?? false
}

function rulesIn(text: string): Rule[] {
  return text.split(/\r?\n/).flatMap(line => {
    const [pattern = '', ...attributes] = line.trim().split(/[ \t]+/)
    const value = attributes.findLast(one => ATTRIBUTE.test(one))
    if (value === undefined || pattern.startsWith('#')) return []
    const glob = globPattern(pattern.replace(/^\//, ''))
    const matches = pattern.includes('/')
      ? (file: string) => glob.test(file)
      : (file: string) => glob.test(path.posix.basename(file))
    return [{ matches, isGenerated: valueOf(value) }]
  })
}

const ATTRIBUTE = /^[-!]?linguist-generated(?:=|$)/

function valueOf(attribute: string): boolean | undefined {
  if (attribute.startsWith('!')) return undefined
  return !attribute.startsWith('-') && !attribute.endsWith('=false')
}
