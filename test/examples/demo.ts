import { execFile, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

/** A demo that was played to its end. */
export interface Played {
  printed: string
  /** The project that the demo leaves. */
  root: string
  /** The text of a file of the example, as it is planned. */
  planned(file: string): string
  /** The text of a file of the project that the demo leaves. */
  left(file: string): string
  /** Removes that project. */
  remove(): void
}

/** Plays the demo of a dialect as a child; an exit code other than 0 rejects. */
export async function played(dialect: string, env?: NodeJS.ProcessEnv): Promise<Played> {
  const args = ['scripts/run.mjs', 'scripts/demo/main.ts', '--dialect', dialect]
  const { stdout } = await promisify(execFile)(process.execPath, args, env ? { env } : {})
  const root = stdout.trimEnd().split('\n').at(-1)?.trim() ?? ''
  return {
    printed: stdout,
    root,
    planned: file => readFileSync(path.join('examples', dialect, file), 'utf8'),
    left: file => readFileSync(path.join(root, file), 'utf8'),
    remove() {
      if (path.basename(root).startsWith('redgreen-demo-')) rmSync(root, { recursive: true })
    },
  }
}

/** Paths of the files of an example, without those in the folders of its workflow. */
export function filesBeside(dialect: string, ...folders: string[]): string[] {
  const example = path.join('examples', dialect)
  const entries = readdirSync(example, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => path.posix.join(path.relative(example, parentPath), name))
    .filter(file => !folders.some(folder => file.startsWith(`${folder}/`)))
    .sort()
}

/** Today's dates, which a workflow writes, as words. */
export function undated(text: string): string {
  const today = new Date().toISOString().slice(0, 10)
  return text.replaceAll(new RegExp(`${today}T[\\d:]{8}Z`, 'g'), 'NOW').replaceAll(today, 'TODAY')
}

/** Can a person be played? With the `script` of util-linux only. */
export const hasTerminal =
  process.platform === 'linux' && spawnSync('script', ['--version']).status === 0
