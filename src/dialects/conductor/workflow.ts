import type { WorkspaceReader } from '../dialect.ts'
import { headingText, rowsOf } from '../markdown.ts'
import { Unreadable } from '../dialect.ts'
import { linkedIn } from './index-links.ts'

export type Order = 'schema first' | 'tests first'

/** What the project's workflow.md asks for; anything it does not mention is absent. */
export interface Preferences {
  order: Order[]
  migrations?: 'versioned' | 'automatic'
  /** When to commit. */
  commits?: 'task' | 'phase'
  /** The commit types that it names in addition to the usual ones. */
  types: string[]
}

export function preferencesOf(reader: WorkspaceReader, root: string): Preferences {
  const settings = settingsIn(textOf(reader, root))
  const testing = about(settings, /test|development approach/i)
  const migrating = valueOf(about(settings, /migration/i), /approach|strategy|^migrations?$/i)
  const prose = settings.map(({ value }) => value).join('\n')
  const commits = commitsIn(settings, prose)
  const migrations = migrating === undefined ? undefined : migrationsIn(migrating)
  return {
    order: orderIn(valueOf(testing, /approach/i) ?? prose),
    types: ['migration', 'perf'].filter(type => new RegExp(`\`${type}\\b`).test(prose)),
    ...(migrations ? { migrations } : {}),
    ...(commits ? { commits } : {}),
  }
}

/** Does the workflow ask for a manual verification at the end of every phase? */
export function asksToVerify(reader: WorkspaceReader, root: string): boolean {
  return /\b(user )?manual verification\b|\bphase completion verification\b/i.test(
    textOf(reader, root),
  )
}

/** A statement in the file: a value after a bold key, or prose. */
interface Setting {
  section: string
  key: string
  value: string
}

function textOf(reader: WorkspaceReader, root: string): string {
  try {
    return reader.read(linkedIn(reader, root, 'workflow') ?? `${root}/workflow.md`) ?? ''
  } catch (error) {
    // An unreadable workflow.md asks for nothing; read_document reports why it cannot be read.
    if (error instanceof Unreadable) return ''
    throw error
  }
}

function settingsIn(source: string): Setting[] {
  let section = ''
  return rowsOf(source).flatMap(row => {
    if (row.kind === 'heading') section = headingText(row)
    if (row.kind !== 'item' && row.kind !== 'text' && row.kind !== 'heading') return []
    // Remove placeholders in brackets, but not boxes and links.
    const text = row.text
      .slice(row.content)
      .replaceAll(/\[(?![ xX~]\])[^\]]*\](?!\()/g, '')
      .trim()
    const [, key = '', value = text] = /^\*\*([^*]+?):?\*\*\s*:?\s*(.*)$/.exec(text) ?? []
    return text === '' ? [] : [{ section, key, value: key === '' ? value : `${key}: ${value}` }]
  })
}

function about(settings: readonly Setting[], section: RegExp): Setting[] {
  return settings.filter(setting => section.test(setting.section))
}

function valueOf(settings: readonly Setting[], key: RegExp): string | undefined {
  const found = settings.find(setting => key.test(setting.key))
  const value = found?.value.slice(found.key.length + 1).trim()
  return value === '' ? undefined : value
}

function orderIn(text: string): Order[] {
  const found: Order[] = []
  if (/\bschema[- ]first\b/i.test(text)) found.push('schema first')
  if (TESTS_FIRST.test(text)) found.push('tests first')
  return found
}

function migrationsIn(text: string): 'versioned' | 'automatic' | undefined {
  if (/\bversioned\b/i.test(text)) return 'versioned'
  return /\bautomatic\b/i.test(text) ? 'automatic' : undefined
}

function commitsIn(settings: readonly Setting[], prose: string): 'task' | 'phase' | undefined {
  const frequency = valueOf(settings, /^commit frequency$|^frequency$|^when to commit$/i)
  if (frequency !== undefined) {
    if (/\btask\b/i.test(frequency)) return 'task'
    return /\bphase\b/i.test(frequency) ? 'phase' : undefined
  }
  return EACH_TASK.test(prose) ? 'task' : undefined
}

const TESTS_FIRST =
  /\bTDD\b|\btest[- ]driven\b|\btests?[- ]first\b|\bwrite (the )?(failing|unit)? ?tests (first|before)\b/i
const EACH_TASK =
  /\bcommit\b.{0,40}\b(after|for|per)\b.{0,12}\b(each|every|completed)\b.{0,12}\btask\b|^commit code changes\b|\bcommit per task\b/im
