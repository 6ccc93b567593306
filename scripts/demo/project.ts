import { cp, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { updatesIn } from './changes.ts'
import { cloneWithSnapshots, commitAll } from './commit-all.ts'
import type { Play, Tick } from './scenario.ts'
import { Surprise } from './unexpected-answer.ts'

/** A copy of the example project in a temporary folder, where the play takes place. */
export class Project {
  readonly root: string
  /** Has it a git repository? */
  readonly hasGit: boolean
  readonly #play: Play
  /** What the assistant has written. */
  readonly #written = new Set<string>()

  private constructor(play: Play, root: string, hasGit: boolean) {
    this.#play = play
    this.root = root
    this.hasGit = hasGit
  }

  static async create(play: Play): Promise<Project> {
    const root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'redgreen-demo-')))
    await cp(path.join(EXAMPLES, play.example), root, { recursive: true })
    return new Project(play, root, await commitAll(root, 'The plan'))
  }

  /** Writes the files that the assistant has for this moment of a task; returns their paths. */
  async write(task: string, moment: 'red' | 'green'): Promise<string[]> {
    const files = await this.#copy(task, moment)
    for (const file of files) this.#written.add(file)
    return files
  }

  /** Writes the files of a trick; what is returned puts everything back as it was. */
  async pretend(task: string): Promise<() => Promise<void>> {
    const files = await filesIn(this.#scripted(task, 'trick'))
    const before = await Promise.all(files.map(file => textOf(this.#absolute(file))))
    await this.#copy(task, 'trick')
    return async () => {
      for (const [at, file] of files.entries()) await this.#put(file, before[at])
    }
  }

  /** Makes a mark as a hand would; what is returned takes it away. */
  async tick({ path: file, from, to }: Tick): Promise<() => Promise<void>> {
    const before = await textOf(this.#absolute(file))
    if (!before?.includes(from)) throw new Surprise(`${file} has no ${from}`)
    await this.#put(file, before.replace(from, to))
    return () => this.#put(file, before)
  }

  /** What was updated in each of the workflow's own files; throws when any other file is not as it should be. */
  async updates(): Promise<{ path: string; seen: string }[]> {
    const example = path.join(EXAMPLES, this.#play.example)
    const planned = new Set(await filesIn(example))
    const updates: { path: string; seen: string }[] = []
    for (const file of new Set([...planned, ...(await filesIn(this.root))])) {
      const before = planned.has(file) ? await textOf(path.join(example, file)) : ''
      const after = await textOf(this.#absolute(file))
      const own = this.#play.own[file]
      if (own) updates.push({ path: file, seen: updatesIn(file, own, before ?? '', after ?? '') })
      else if (!this.#written.has(file) && !SERVERS.test(file) && before !== after)
        throw new Surprise(`${file} is not as it was, and nobody was to change it.`)
    }
    const kept = Object.keys(this.#play.own).filter(file => !updates.some(one => one.path === file))
    if (kept.length > 0) throw new Surprise(`${kept.join(' and ')} should be there by now.`)
    return updates
  }

  /** Commits the work, clones it as CI would, and gives the clone to `work`; the clone is gone afterwards. */
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

  /** The file with the evidence, from the root. */
  async ledger(): Promise<string> {
    const folder = `.redgreen/ledger/${this.#play.feature}`
    const [file = ''] = await readdir(this.#absolute(folder))
    return `${folder}/${file}`
  }

  async #copy(task: string, moment: Moment): Promise<string[]> {
    const from = this.#scripted(task, moment)
    const files = await filesIn(from)
    if (files.length > 0) await cp(from, this.root, { recursive: true })
    return files
  }

  #put(file: string, text: string | undefined): Promise<void> {
    return text === undefined ? rm(this.#absolute(file)) : writeFile(this.#absolute(file), text)
  }

  #scripted(task: string, moment: Moment): string {
    return path.join(FILES, this.#play.example, task, moment)
  }

  #absolute(file: string): string {
    return path.join(this.root, file)
  }
}

type Moment = 'red' | 'green' | 'trick'

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter(entry => entry.isFile())
  return files.map(file => path.relative(folder, path.join(file.parentPath, file.name))).sort()
}

/** Its text, `undefined` where there is no such file. */
function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}

const EXAMPLES = path.resolve('examples')
const FILES = path.resolve('scripts/demo/files')
/** Where the server keeps its evidence, and git its own. */
const SERVERS = /^\.(redgreen|git)\//
