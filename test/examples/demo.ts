import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

/** A finished run of the demo. */
export interface DemoRun {
  printed: string
  /** The folder of the project after the demo. */
  root: string
  /** The text of a file of the example. */
  planned(file: string): string
  /** The text of a file of the project after the demo. */
  result(file: string): string
  /** Removes that project. */
  remove(): void
}

/** Runs the demo of a dialect in a child process; rejects if the exit code is not 0. */
export async function runDemo(dialect: string, env?: NodeJS.ProcessEnv): Promise<DemoRun> {
  const args = ['scripts/run.mjs', 'scripts/demo/main.ts', '--dialect', dialect]
  const { stdout } = await promisify(execFile)(process.execPath, args, env ? { env } : {})
  const root = stdout.trimEnd().split('\n').at(-1)?.trim() ?? ''
  return {
    printed: stdout,
    root,
    planned: file => readFileSync(path.join('examples', dialect, file), 'utf8'),
    result: file => readFileSync(path.join(root, file), 'utf8'),
    remove() {
      if (path.basename(root).startsWith('redgreen-demo-')) rmSync(root, { recursive: true })
    },
  }
}

/** Paths of the files of an example, without those in these folders. */
export function filesBeside(dialect: string, ...folders: string[]): string[] {
  const example = path.join('examples', dialect)
  const entries = readdirSync(example, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => path.posix.join(path.relative(example, parentPath), name))
    .filter(file => !folders.some(folder => file.startsWith(`${folder}/`)))
    .sort()
}

/** The text with a placeholder for today's date, which the workflow writes. */
export function undated(text: string): string {
  const today = new Date().toISOString().slice(0, 10)
  return text.replaceAll(new RegExp(`${today}T[\\d:]{8}Z`, 'g'), 'NOW').replaceAll(today, 'TODAY')
}
