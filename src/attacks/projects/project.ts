import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

/** Texts by path, relative to the project. */
export type Files = Readonly<Record<string, string>>

/** A throw-away project with a git repository of its own. Its methods are what an assistant does with an editor. */
export interface Project {
  /** Absolute. */
  root: string
  /** Absolute: a folder beside the project, for what is to lie outside of the workspace. */
  outside: string
  write(file: string, text: string): void
  read(file: string): string
  /** Replaces a text that has to be there. */
  change(file: string, from: string, to: string): void
  remove(file: string): void
  link(file: string, target: string): void
  /** Takes the project and everything beside it from the disk. */
  end(): Promise<void>
}

/** Makes a project in the temporary folder. Nothing but git and Node is needed for it. */
export async function makeProject(files: Files): Promise<Project> {
  const place = await realpath(await mkdtemp(path.join(os.tmpdir(), 'redgreen-doctor-')))
  const root = path.join(place, 'project')
  const outside = path.join(place, 'outside')
  for (const folder of [root, outside]) mkdirSync(folder)
  const project = projectAt(root, outside, place)
  for (const [file, text] of Object.entries(files)) project.write(file, text)
  await promisify(execFile)('git', ['init', '-q', root])
  return project
}

function projectAt(root: string, outside: string, place: string): Project {
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
      if (!text.includes(from)) throw new Error(`${file} does not say ${JSON.stringify(from)}.`)
      write(
        file,
        text.replaceAll(from, () => to),
      )
    },
    remove: file => rmSync(at(file), { recursive: true }),
    link: (file, target) => symlinkSync(target, at(file)),
    end: () => rm(place, { recursive: true, force: true, maxRetries: 5 }),
  }
}
