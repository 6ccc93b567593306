import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as z from 'zod'
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
      return ask(root, path.posix.dirname(places.get(file) ?? file))
    } finally {
      rmSync(root, { recursive: true })
    }
  }
}

/** An archived change is no active feature, so its folder is named. */
function ask(root: string, folder: string): StatusAnswer {
  const named = /\/archive\//.test(folder) ? ['--feature', folder] : []
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
