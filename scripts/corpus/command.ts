import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as z from 'zod'
import { memoryWorkspace, textOf } from '../../test/kit/memory-workspace.ts'
import { dialectOf } from './folders.ts'
import type { StatusDocument } from './labels.ts'

/** What the built command answered about one file: the status, or the refusal. */
export type StatusAnswer = { status: StatusDocument } | { refused: string }

const manifestLine = z.object({ file: z.string(), path: z.string() })
const state = z.enum(['open', 'done', 'doing', 'other'])
/** The JSON names the markers `carriers`. */
const task = z
  .object({
    id: z.string(),
    phase: z.string(),
    acceptance: z.array(z.string()),
    parallel: z.boolean(),
    location: z.object({ path: z.string(), line: z.number() }),
    carriers: z.array(z.object({ path: z.string(), line: z.number(), text: z.string(), state })),
  })
  .transform(({ carriers, ...rest }) => ({ ...rest, markers: carriers }))
const status = z.object({ tasks: z.array(task) })

/** Runs `redgreen status --json` in a workspace that holds the file at its true path, and nothing else. */
export function commandReader(corpus: string): (file: string) => StatusAnswer {
  const lines = readFileSync(path.join(corpus, 'manifest.jsonl'), 'utf8').trim().split('\n')
  const entries = lines.map(line => manifestLine.parse(JSON.parse(line)))
  const places = new Map(entries.map(entry => [entry.file, entry.path]))
  return file => {
    const root = mkdtempSync(path.join(tmpdir(), 'redgreen-corpus-'))
    try {
      const target = path.join(root, places.get(file) ?? file)
      mkdirSync(path.dirname(target), { recursive: true })
      copyFileSync(path.join(corpus, file), target)
      return askAll(root, file, places.get(file) ?? file, textOf(corpus, file))
    } finally {
      rmSync(root, { recursive: true })
    }
  }
}

/** A file may have several features. */
function askAll(root: string, file: string, place: string, text: string): StatusAnswer {
  const found = dialectOf(file.split('/')[0] ?? '')?.features(memoryWorkspace({ [place]: text }))
  const several = found !== undefined && found.length > 1 ? found : undefined
  // What is archived is not an active feature, so its folder is named.
  const folder = path.posix.dirname(place)
  const names =
    several?.map(({ dir }) => dir) ?? (/\/(archive|completed)(\/|$)/.test(folder) ? [folder] : [''])
  const answers = names.map(name => ask(root, name))
  const refused = answers.find(answer => 'refused' in answer)
  return (
    refused ?? {
      status: { tasks: answers.flatMap(one => ('status' in one ? one.status.tasks : [])) },
    }
  )
}

function ask(root: string, feature: string): StatusAnswer {
  const named = feature === '' ? [] : ['--feature', feature]
  const args = ['dist/cli.js', 'status', '--json', '--root', root, ...named]
  const command = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    timeout: 60_000,
  })
  if (command.status === 0) return { status: status.parse(JSON.parse(command.stdout)) }
  if (command.status === 1) return { refused: command.stderr.trim() }
  throw new Error(`status ended with ${command.status ?? command.signal}: ${command.stderr}`)
}
