import { describe, expect, it } from 'vitest'
import { keepsCode, NodeFiles, type KeepingModule } from '../../src/cli/node-files.ts'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

describe('a Node that keeps compiled code itself', () => {
  it('is known by its function', () => {
    expect(keepsCode({ enableCompileCache: () => undefined })).toBe(true)
    expect(keepsCode({})).toBe(false)
  })

  it('gets the folder, and writes the code when it is asked to, if it can', () => {
    const calls: string[] = []
    const module: KeepingModule = {
      enableCompileCache: folder => calls.push(folder),
      flushCompileCache: () => calls.push('written'),
    }
    const files = new NodeFiles('1', module, require)
    files.use('/state/compile-cache')
    files.keep()
    new NodeFiles('1', { enableCompileCache: folder => calls.push(folder) }, require).keep()
    expect(calls).toEqual(['/state/compile-cache', 'written'])
    expect(files.load('node:path')).toBe(require('node:path'))
  })
})
