import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { conductor } from '../../src/dialects/conductor/conductor.ts'
import type { Dialect } from '../../src/dialects/dialect.ts'
import { jsonPlan } from '../../src/dialects/json-plan/json-plan.ts'
import { candidateOf, tagsIn } from '../../src/dialects/task-master/features.ts'
import { taskMaster } from '../../src/dialects/task-master/task-master.ts'
import { dialectOf, SIBLINGS } from './folders.ts'
import type { Ground } from './round-trip.ts'
import { memoryWorkspace, textOf } from '../../test/kit/memory-workspace.ts'

const manifestLine = z.object({ file: z.string(), repo: z.string(), path: z.string() })
type Entry = z.infer<typeof manifestLine>

/** Every file of the corpus that may be a plan of ours, each at its true path, with its registry and metadata beside it. */
export function groundsOf(
  corpus: string,
): { file: string; dialect: Dialect; ground: () => Ground }[] {
  const lines = readFileSync(path.join(corpus, 'manifest.jsonl'), 'utf8').trim().split('\n')
  const entries = lines.map(line => manifestLine.parse(JSON.parse(line)))
  return entries.flatMap(entry => {
    const dialect = dialectOf(entry.file.split('/')[0] ?? '')
    if (dialect === undefined || !isPlan(entry, dialect)) return []
    const tags = dialect === taskMaster ? tagsOf(corpus, entry) : [undefined]
    return tags.map(tag => ({
      file: entry.file,
      dialect,
      ground: () => {
        const ground = groundOf(corpus, entry, dialect, entries)
        return tag === undefined ? ground : { ...ground, candidate: candidateOf(entry.path, tag) }
      },
    }))
  })
}

/** A file of task-master has a plan in each tag. */
function tagsOf(corpus: string, { file, path: tasks }: Entry): string[] {
  const text = textOf(corpus, file)
  return tagsIn(memoryWorkspace({ [tasks]: text }), tasks).map(({ id }) => id)
}

function groundOf(
  corpus: string,
  { file, repo, path: tasks }: Entry,
  dialect: Dialect,
  entries: readonly Entry[],
): Ground {
  const folder = path.posix.dirname(tasks)
  const dir = dialect === jsonPlan ? tasks : folder
  const beside =
    dialect === conductor ? entries.filter(one => one.repo === repo && isBeside(one, folder)) : []
  const around = beside.map(one => [one.path, textOf(corpus, one.file)] as const)
  return {
    dialect,
    candidate: { id: path.posix.basename(dir), dir, tasks },
    files: { ...Object.fromEntries(around), [tasks]: textOf(corpus, file) },
  }
}

function isPlan({ file, path: tasks }: Entry, dialect: Dialect): boolean {
  return dialect === conductor ? tasks.endsWith('/plan.md') : !file.startsWith(`${SIBLINGS}/`)
}

function isBeside({ file, path: place }: Entry, folder: string): boolean {
  if (file.includes('@')) return false
  return place.endsWith('/tracks.md') || place === `${folder}/metadata.json`
}
