import { cp, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describeUpdates } from './changes.ts'
import { cloneWithSnapshots, commitAll } from './commit-all.ts'
import type { Scenario, Tick } from './scenario.ts'
import { UnexpectedAnswer } from './unexpected-answer.ts'

/** A copy of the example project in a temporary folder. */
export class Project {
  readonly root: string
  /** `false` when git is not available. */
  readonly hasGit: boolean
  readonly #scenario: Scenario
  /** Paths of the files that the assistant wrote. */
  readonly #written = new Set<string>()

  private constructor(scenario: Scenario, root: string, hasGit: boolean) {
    this.#scenario = scenario
    this.root = root
    this.hasGit = hasGit
  }

  static async create(scenario: Scenario): Promise<Project> {
    const root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'redgreen-demo-')))
    await cp(path.join(EXAMPLES, scenario.example), root, { recursive: true })
    return new Project(scenario, root, await commitAll(root, 'The plan'))
  }

  /** Writes the assistant's files for the RED or the GREEN of a task; returns their paths. */
  async write(task: string, moment: 'red' | 'green'): Promise<string[]> {
    const files = await this.#copy(task, moment)
    for (const file of files) this.#written.add(file)
    return files
  }

  /** Writes the files of a dishonest attempt; the returned function restores the earlier files. */
  async writeAttempt(task: string, folder: string): Promise<() => Promise<void>> {
    const files = await filesIn(this.#filesOf(task, folder))
    const before = await Promise.all(files.map(file => textOf(this.#absolute(file))))
    await this.#copy(task, folder)
    return async () => {
      for (const [at, file] of files.entries()) await this.#restore(file, before[at])
    }
  }

  /** Sets a mark by hand; the returned function removes it. */
  async tick({ path: file, from, to }: Tick): Promise<() => Promise<void>> {
    const before = await textOf(this.#absolute(file))
    if (!before?.includes(from)) throw new UnexpectedAnswer(`${file} does not contain ${from}`)
    await this.#restore(file, before.replace(from, to))
    return () => this.#restore(file, before)
  }

  /** Describes the updates of each of the workflow's own files; throws when any other file changed. */
  async updates(): Promise<{ path: string; description: string }[]> {
    const example = path.join(EXAMPLES, this.#scenario.example)
    const planned = new Set(await filesIn(example))
    const updates: { path: string; description: string }[] = []
    for (const file of new Set([...planned, ...(await filesIn(this.root))])) {
      const before = (planned.has(file) ? await textOf(path.join(example, file)) : '') ?? ''
      const after = (await textOf(this.#absolute(file))) ?? ''
      const update = this.#scenario.updates[file]
      if (update)
        updates.push({ path: file, description: describeUpdates(file, update, before, after) })
      else if (!this.#written.has(file) && !INTERNAL.test(file) && before !== after)
        throw new UnexpectedAnswer(`${file} changed unexpectedly.`)
    }
    const expected = Object.keys(this.#scenario.updates)
    const missing = expected.filter(file => !updates.some(one => one.path === file))
    if (missing.length > 0) throw new UnexpectedAnswer(`Not created: ${missing.join(', ')}.`)
    return updates
  }

  /** Commits the work, clones it as CI would, and calls `work` with the clone, which is removed afterwards. */
  async cloned<T>(work: (root: string) => Promise<T>): Promise<T> {
    await commitAll(this.root, 'The work')
    const folder = await mkdtemp(path.join(os.tmpdir(), 'redgreen-demo-clone-'))
    try {
      const clone = path.join(folder, 'clone')
      await cloneWithSnapshots(this.root, clone)
      return await work(clone)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** The path of the ledger file, relative to the root. */
  async ledger(): Promise<string> {
    const folder = `.redgreen/ledger/${this.#scenario.feature}`
    const [file = ''] = await readdir(this.#absolute(folder))
    return `${folder}/${file}`
  }

  async #copy(task: string, folder: string): Promise<string[]> {
    const from = this.#filesOf(task, folder)
    const files = await filesIn(from)
    if (files.length > 0) await cp(from, this.root, { recursive: true })
    return files
  }

  #restore(file: string, text: string | undefined): Promise<void> {
    return text === undefined ? rm(this.#absolute(file)) : writeFile(this.#absolute(file), text)
  }

  #filesOf(task: string, folder: string): string {
    return path.join(FILES, this.#scenario.example, task, folder)
  }

  #absolute(file: string): string {
    return path.join(this.root, file)
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter(entry => entry.isFile())
  return files.map(file => path.relative(folder, path.join(file.parentPath, file.name))).sort()
}

/** The text of a file; `undefined` if it does not exist. */
function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}

const EXAMPLES = path.resolve('examples')
const FILES = path.resolve('scripts/demo/files')
/** Folders of the server and of git. */
const INTERNAL = /^\.(redgreen|git)\//
