#!/usr/bin/env node
import module, { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { CompiledCode } from './compiled-code.ts'
import { keepsCode, NodeFiles } from './node-files.ts'
import { ProgramFiles } from './program-files.ts'

/** Set by the build. */
declare const BUILD: string

const require = createRequire(import.meta.url)
const files = keepsCode(module)
  ? new NodeFiles(BUILD, module, require)
  : new ProgramFiles(BUILD, require)
const program = files.load(path.join(path.dirname(fileURLToPath(import.meta.url)), 'program.cjs'))
if (!isProgram(program)) throw new Error('The program is damaged. Install redgreen-mcp again.')
await program.main(process.argv.slice(2), files)

interface Program {
  main: (argv: readonly string[], code: CompiledCode) => Promise<void>
}

function isProgram(loaded: unknown): loaded is Program {
  return typeof loaded === 'object' && loaded !== null && 'main' in loaded
}
