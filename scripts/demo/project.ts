import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, realpath, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const EXAMPLE = path.resolve('examples/spec-kit')
const FILES = path.resolve('scripts/demo/files')
const FEATURE = '001-teatime'

/** A copy of the example project in a temporary folder, where the play takes place. */
export class Project {
  /** The task list, from the root. */
  readonly tasks = `specs/${FEATURE}/tasks.md`
  readonly root: string
  /** Has it a git repository? */
  readonly hasGit: boolean
  readonly #planned: string

  private constructor(root: string, hasGit: boolean, planned: string) {
    this.root = root
    this.hasGit = hasGit
    this.#planned = planned
  }

  static async create(): Promise<Project> {
    const root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'redgreen-demo-')))
    await cp(EXAMPLE, root, { recursive: true })
    const planned = await readFile(path.join(root, 'specs', FEATURE, 'tasks.md'), 'utf8')
    return new Project(root, await commitAll(root), planned)
  }

  /** Writes the files that the assistant has for this moment of a task; returns their paths. */
  async write(task: string, moment: 'red' | 'green' | 'trick'): Promise<string[]> {
    const from = path.join(FILES, task, moment)
    const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => [])
    const files = entries.filter(entry => entry.isFile())
    if (files.length > 0) await cp(from, this.root, { recursive: true })
    return files.map(file => path.relative(from, path.join(file.parentPath, file.name)))
  }

  /** Ticks a box as a hand would. */
  async tick(task: string): Promise<void> {
    await this.#edit(text => text.replace(`- [ ] ${task} `, `- [X] ${task} `))
  }

  async untick(task: string): Promise<void> {
    await this.#edit(text => text.replace(`- [X] ${task} `, `- [ ] ${task} `))
  }

  /** How many lines of the task list changed; `undefined` if anything but the mark of a task did. */
  async marksAlone(): Promise<number | undefined> {
    const before = this.#planned.split('\n')
    const after = (await readFile(this.#absolute(this.tasks), 'utf8')).split('\n')
    const changed = before.flatMap((line, at) => (line === after[at] ? [] : [{ line, at }]))
    const expected = changed.every(({ line, at }) => after[at] === line.replace('- [ ]', '- [X]'))
    return expected && before.length === after.length ? changed.length : undefined
  }

  /** The file with the evidence, from the root. */
  async ledger(): Promise<string> {
    const folder = `.redgreen/ledger/${FEATURE}`
    const [file = ''] = await readdir(this.#absolute(folder))
    return `${folder}/${file}`
  }

  async #edit(change: (text: string) => string): Promise<void> {
    const file = this.#absolute(this.tasks)
    await writeFile(file, change(await readFile(file, 'utf8')))
  }

  #absolute(file: string): string {
    return path.join(this.root, file)
  }
}

/** One commit under a name of its own, whatever the user's git is set to; `false` where there is no git. */
async function commitAll(cwd: string): Promise<boolean> {
  const who = ['-c', 'user.name=Demo', '-c', 'user.email=demo@example.invalid']
  const plain = ['-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=', '-c', 'core.autocrlf=false']
  const git = (...args: string[]) =>
    promisify(execFile)('git', [...who, ...plain, ...args], { cwd })
  try {
    await git('init', '--quiet')
    await git('add', '--all')
    await git('commit', '--quiet', '--message', 'The plan')
    return true
  } catch {
    return false
  }
}
