import { readFileSync, statSync } from 'node:fs'
import module from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { Script } from 'node:vm'
import { decodeCode, encodeCode, type CompiledCode } from './compiled-code.ts'
import { isOnlyWritableByUser } from './own-status.ts'

/**
 * Loads the program's files, which are CommonJS, as Node does, and keeps their compiled code. For Node 20: later versions of Node keep
 * compiled code themselves.
 */
export class ProgramFiles implements CompiledCode {
  readonly build: string
  readonly #require: NodeJS.Require
  readonly #modules = new Map<string, { exports: unknown }>()
  /** Compiled in this process, and not kept yet. */
  readonly #compiled = new Map<string, Script>()
  #kept = new Map<string, Buffer>()
  #file: string | undefined

  constructor(build: string, require: NodeJS.Require) {
    this.build = build
    this.#require = require
  }

  use(folder: string): void {
    // Compiled code fits only the version and the options of Node that compiled it.
    this.#file = path.join(folder, `${process.version}-${process.arch}.bin`)
    this.#kept = decodeCode(ownBytes(this.#file))
  }

  keep(write: (file: string, bytes: Buffer) => void): void {
    if (this.#file === undefined || this.#compiled.size === 0) return
    for (const [file, script] of this.#compiled) this.#kept.set(file, script.createCachedData())
    this.#compiled.clear()
    write(this.#file, encodeCode(this.#kept))
  }

  /** What the file exports. */
  load(file: string): unknown {
    const known = this.#modules.get(file)
    if (known) return known.exports
    const loaded = { exports: {} }
    this.#modules.set(file, loaded)
    const folder = path.dirname(file)
    const require = (name: string): unknown =>
      name.startsWith('.') ? this.load(path.join(folder, name)) : this.#require(name)
    const run: RunFile = this.#compile(file).runInThisContext()
    run(loaded.exports, require, loaded, file, folder)
    return loaded.exports
  }

  #compile(file: string): Script {
    const code = module.wrap(readFileSync(file, 'utf8'))
    const cachedData = this.#kept.get(file)
    const script = new Script(code, { filename: file, ...(cachedData && { cachedData }) })
    if (script.cachedDataRejected !== false) this.#compiled.set(file, script)
    return script
  }
}

/** A file that Node has wrapped in a function. */
type RunFile = (
  exports: object,
  require: (name: string) => unknown,
  module: object,
  file: string,
  folder: string,
) => void

/** The content of a file that only this user can have written; empty if there is none. */
function ownBytes(file: string): Buffer {
  try {
    const status = statSync(file)
    // To read from a pipe would wait for somebody who writes to it.
    return isOnlyWritableByUser(status) && status.isFile() ? readFileSync(file) : Buffer.alloc(0)
  } catch {
    return Buffer.alloc(0)
  }
}
