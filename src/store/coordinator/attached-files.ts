import path from 'node:path'
import { hashOf } from '../../evidence/chain.ts'
import { writeFile } from '../files.ts'
import { readBytes } from '../read-file.ts'
import { parseJson } from '../../plan/parse-json.ts'
import type { State } from '../state.ts'

/** Lines of a ledger name files beside it by the hash of their content: long lists of an event, and what a plan asked for. */

/** The texts of the files that lines name, by path below `.redgreen`. */
export function attachedTo(
  state: State,
  feature: string,
  lines: readonly string[],
): Record<string, string> {
  const names = lines.flatMap(line => namesIn(parseJson(line), feature))
  return Object.fromEntries(
    names.flatMap(name => {
      const text = readBytes(path.join(state.folder, name))?.toString('utf8')
      return text === undefined ? [] : [[name, text] as const]
    }),
  )
}

/** Writes files that came with lines of another clone. One whose content does not have the hash in its name is left out. */
export function writeAttached(
  state: State,
  feature: string,
  attached: Readonly<Record<string, string>> = {},
): void {
  for (const [name, text] of Object.entries(attached)) {
    const [, folder, of, hash] = NAME.exec(name) ?? []
    if (folder === undefined || of !== feature || hashOf(parseJson(text)) !== hash) continue
    const file = path.join(state.folder, name)
    if (readBytes(file)?.toString('utf8') !== text) writeFile(file, text)
  }
}

const NAME = /^(tests|plans)\/([^/]+)\/([0-9a-f]{64})\.json$/

function namesIn(line: unknown, feature: string): string[] {
  if (typeof line !== 'object' || line === null) return []
  const listed = 'listed' in line && typeof line.listed === 'object' ? line.listed : {}
  const lists = Object.values(listed ?? {}).map(hash => `tests/${feature}/${String(hash)}.json`)
  const plans = 'plan' in line ? [`plans/${feature}/${String(line.plan)}.json`] : []
  return [...lists, ...plans].filter(name => NAME.test(name))
}
