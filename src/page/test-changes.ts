import { structuredPatch } from 'diff'
import type { EventOf } from '../evidence/event.ts'
import { countOf } from '../plan/format-list.ts'
import { git } from '../store/git.ts'
import type { Context } from '../workflow/context/context.ts'
import type { FileChange } from './wire.ts'

/** The test files of a RED as they were then, by path; files that nobody kept are missing. */
export async function filesAtRed(
  { workspace }: Pick<Context, 'workspace'>,
  red: EventOf<'red'>,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  if (!isObjectId(red.snapshot)) return texts
  for (const file of Object.keys(red.files).slice(0, MAX_FILES)) {
    const text = await git(workspace, ['cat-file', 'blob', `${red.snapshot}:${file}`])
    if (text !== undefined) texts.set(file, text)
  }
  return texts
}

/** How the test files differ now from those of the RED. */
export function testChanges(
  { reader }: Pick<Context, 'reader'>,
  earlier: ReadonlyMap<string, string>,
): FileChange[] {
  return [...earlier].flatMap(([path, before]) => {
    const after = reader.read(path) ?? ''
    return before === after ? [] : [{ path, lines: changedLines(before, after) }]
  })
}

function changedLines(before: string, after: string): FileChange['lines'] {
  const patch = structuredPatch('', '', before, after, '', '', {
    context: CONTEXT_LINES,
    timeout: MAX_MS,
  })
  if (!patch) return [{ sign: '@', text: 'The files differ too much to be compared line by line.' }]
  const lines = patch.hunks.flatMap(({ oldStart, newStart, lines }) => [
    { sign: '@' as const, text: `line ${oldStart} → ${newStart}` },
    ...lines.map(line => ({ sign: signOf(line), text: line.slice(1) })),
  ])
  const omitted = lines.length - MAX_LINES
  return omitted <= 0
    ? lines
    : [
        ...lines.slice(0, MAX_LINES),
        { sign: '@', text: `${countOf(omitted, 'more line')} left out` },
      ]
}

function signOf(line: string): '+' | '-' | ' ' | '@' {
  const [sign] = line
  return sign === '+' || sign === '-' || sign === ' ' ? sign : '@'
}

/** An event is read from a file, and git must not take a word in it for something else. */
function isObjectId(snapshot: string | undefined): snapshot is string {
  return snapshot !== undefined && /^[0-9a-f]{40,64}$/.test(snapshot)
}

const CONTEXT_LINES = 3
const MAX_LINES = 2000
const MAX_FILES = 50
const MAX_MS = 500
