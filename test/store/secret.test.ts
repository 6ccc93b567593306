import { createHmac } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { createTemporaryFolder } from '../../src/runner/temporary-folder.ts'
import { isSealed, sealOf } from '../../src/store/secret.ts'
import { stateOf } from '../../src/store/state.ts'
import { makeProject } from '../kit/project.ts'

const secretFile = (root: string) => path.join(stateOf({ root }).shared, 'secret')
const modeOf = (file: string) => lstatSync(file).mode & 0o777

describe('a seal', () => {
  it('is valid for its text and its context, in its own clone', () => {
    const one = stateOf({ root: makeProject({}).root })
    const other = stateOf({ root: makeProject({}).root })
    const seal = sealOf(one, 'commit 1', 'text')
    expect(isSealed(one, 'commit 1', 'text', seal)).toBe(true)
    expect(isSealed(one, 'commit 1', 'another text', seal)).toBe(false)
    expect(isSealed(one, 'commit 2', 'text', seal)).toBe(false)
    expect(isSealed(other, 'commit 1', 'text', seal)).toBe(false)
    expect(isSealed(one, 'commit 1', 'text', undefined)).toBe(false)
  })

  it("needs a secret that lies outside of the repository's files", () => {
    const { root } = makeProject({})
    sealOf(stateOf({ root }), 'a', 'b')
    expect(readFileSync(secretFile(root))).toHaveLength(32)
    expect(secretFile(root).startsWith(path.join(root, '.git'))).toBe(true)
  })

  it('is checked without creating a secret', () => {
    const { root } = makeProject({})
    expect(isSealed(stateOf({ root }), 'a', 'b', 'f'.repeat(64))).toBe(false)
    expect(existsSync(secretFile(root))).toBe(false)
  })

  it('is the HMAC-SHA-256 of context and text under the secret', () => {
    const state = stateOf({ root: makeProject({}).root })
    const text = `${'ü→😀'.repeat(1_000)}\n`
    const seal = sealOf(state, 'commit 1', text)
    const secret = readFileSync(secretFile(state.root))
    expect(seal).toBe(createHmac('sha256', secret).update(`commit 1\0${text}`).digest('hex'))
  })

  it('is not made with a secret that a link in its place chooses', () => {
    const { root } = makeProject({ chosen: '\0'.repeat(32) })
    mkdirSync(path.dirname(secretFile(root)), { recursive: true })
    symlinkSync(path.join(root, 'chosen'), secretFile(root))
    const chosen = createHmac('sha256', Buffer.alloc(32)).update('a\0b').digest('hex')
    expect(sealOf(stateOf({ root }), 'a', 'b')).not.toBe(chosen)
  })
})

describe.skipIf(process.platform === 'win32')('other users of the machine', () => {
  it('cannot read the secret', () => {
    const { root } = makeProject({})
    sealOf(stateOf({ root }), '', '')
    const file = secretFile(root)
    expect(modeOf(file)).toBe(0o600)
    expect(modeOf(path.dirname(file))).toBe(0o700)
  })

  it('cannot read temporary folders, such as checkouts and reports', () => {
    const folder = createTemporaryFolder('report')
    expect(modeOf(folder.path)).toBe(0o700)
    folder.remove()
  })
})
