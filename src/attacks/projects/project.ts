import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

/** Text of each file by its path, relative to the project. */
export type Files = Readonly<Record<string, string>>

/** A temporary project with its own git repository, and what an agent can do with an editor. */
export interface Project {
  /** Absolute. */
  root: string
  /** Absolute path of a folder next to the project, outside the workspace. */
  outside: string
  write(file: string, text: string): void
  read(file: string): string
  /** Replaces every occurrence of a text; throws if there is none. */
  change(file: string, from: string, to: string): void
  remove(file: string): void
  link(file: string, target: string): void
  /** Deletes the project and the folder next to it. */
  end(): Promise<void>
}

/** Makes a project in the temporary folder. It needs git and Node only. */
export async function makeProject(files: Files): Promise<Project> {
  const parent = await realpath(await mkdtemp(path.join(os.tmpdir(), 'redgreen-doctor-')))
  const root = path.join(parent, 'project')
  const outside = path.join(parent, 'outside')
  for (const folder of [root, outside]) mkdirSync(folder)
  const project = projectAt(root, outside, parent)
  for (const [file, text] of Object.entries(files)) project.write(file, text)
  await promisify(execFile)('git', ['init', '-q', root])
  return project
}

function projectAt(root: string, outside: string, parent: string): Project {
  const at = (file: string) => path.join(root, file)
  const read = (file: string) => readFileSync(at(file), 'utf8')
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(at(file)), { recursive: true })
    writeFileSync(at(file), text)
  }
  return {
    root,
    outside,
    read,
    write,
    change(file, from, to) {
      const text = read(file)
      if (!text.includes(from)) throw new Error(`${file} does not contain ${JSON.stringify(from)}.`)
      write(
        file,
        text.replaceAll(from, () => to),
      )
    },
    // A server may still write there after its answer.
    remove: file => rmSync(at(file), { recursive: true, maxRetries: 5 }),
    link: (file, target) => symlinkSync(target, at(file)),
    end: () => rm(parent, { recursive: true, force: true, maxRetries: 5 }),
  }
}
