import module from 'node:module'
import type { CompiledCode } from './compiled-code.ts'

/** What Node 22.1 and later have; `flushCompileCache` exists from 22.10. */
export interface KeepingModule {
  enableCompileCache: (folder: string) => unknown
  flushCompileCache?: () => void
}

/** Loads the program's files with Node, which keeps their compiled code itself. */
export class NodeFiles implements CompiledCode {
  readonly build: string
  readonly #module: KeepingModule
  readonly #require: NodeJS.Require

  constructor(build: string, keeping: KeepingModule, require: NodeJS.Require) {
    this.build = build
    this.#module = keeping
    this.#require = require
  }

  use(folder: string): void {
    this.#module.enableCompileCache(folder)
  }

  /** Node writes the files, now and at the end of the process. */
  keep(): void {
    this.#module.flushCompileCache?.()
  }

  load(file: string): unknown {
    return this.#require(file)
  }
}

/** Node 20, for which this program is compiled, does not have the function. */
export function keepsCode(of: object = module): of is KeepingModule {
  return 'enableCompileCache' in of
}
