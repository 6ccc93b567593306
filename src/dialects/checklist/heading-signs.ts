import type { MarkState } from '../../plan/plan.ts'
import type { ListEntry } from '../task-list/list-entries.ts'
import type { Box } from '../task-list/task-text.ts'

/**
 * Signs before the name of a task in a heading, as in `### 🚧 Task 2: …`. In a list, some of them only decorate. Coloured dots are not here: many
 * authors mean a priority.
 */
const SIGNS: readonly (readonly [sign: string, state: MarkState])[] = [
  ['✅', 'done'],
  ['☑', 'done'],
  ['✔', 'done'],
  ['🚧', 'doing'],
  ['🔄', 'doing'],
  ['⏳', 'open'],
  ['⬜', 'open'],
  ['☐', 'open'],
  ['🔲', 'open'],
  ['⏸', 'open'],
]

/** The sign before the text of a heading, as a box. */
export function signBefore({ row, rest }: ListEntry): Box | undefined {
  const text = row.text.slice(row.content)
  const at = row.content + (/^[*_\s]*/.exec(text)?.[0].length ?? 0)
  const found = SIGNS.find(([sign]) => row.text.startsWith(sign, at))
  if (found === undefined) return undefined
  const [sign, state] = found
  const end = at + sign.length
  const variant = row.text.startsWith(VARIANT, end) ? VARIANT : ''
  return { text: `${sign}${variant}`, state, at, rest }
}

/** Is it a sign of unfinished work that only headings have? A finished task gets a tick in its place. */
export function isHeadingSign(text: string): boolean {
  const sign = text.replace(VARIANT, '')
  return SIGNS.some(([one, state]) => one === sign && state !== 'done' && !/^[⬜☐]$/u.test(one))
}

/** Variation selector 16, which shows the character before it as an emoji. */
const VARIANT = '\ufe0f'
