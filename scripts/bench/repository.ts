import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A git repository in a temporary folder. */
export interface Repository {
  root: string
  write: (file: string, text: string) => void
  remove: () => void
}

export function makeRepository(files: Record<string, string>): Repository {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'redgreen-load-')))
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  for (const [file, text] of Object.entries(files)) write(file, text)
  execFileSync('git', ['init', '-q', root])
  return {
    root,
    write,
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** The files of a small spec-kit feature, with its settings. */
export function featureWith(tasks: string, settings: object = {}): Record<string, string> {
  return {
    'redgreen.config.json': JSON.stringify(settings),
    'specs/001-load/spec.md': '# Load\n',
    'specs/001-load/plan.md': '# Plan\n',
    'specs/001-load/tasks.md': tasks,
  }
}
