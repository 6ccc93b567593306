import { cpSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { cloneId, hostId } from '../../../src/store/coordinator/clone-id.ts'
import { stateOf } from '../../../src/store/state.ts'
import { makeProject } from '../../kit/project.ts'

it('a clone has an id of its own, which stays when the machine is renamed, and which no copy has', () => {
  const { root } = makeProject({})
  const state = stateOf({ root })
  const [id, host] = [cloneId(state), hostId(state)]
  expect(id).toMatch(/^[0-9a-f]{10}$/)
  expect(cloneId(stateOf(makeProject({})))).not.toBe(id)

  const copy = makeProject({}, { git: false })
  cpSync(root, copy.root, { recursive: true })
  expect(cloneId(stateOf(copy))).not.toBe(id)
  // Also not if the copy takes the place of the clone.
  const moved = path.join(root, '..', `${path.basename(root)}-moved`)
  renameSync(root, moved)
  renameSync(copy.root, root)
  expect(cloneId(state)).not.toBe(id)
  rmSync(root, { recursive: true })
  renameSync(moved, root)

  const name = vi.spyOn(os, 'hostname').mockReturnValue('renamed')
  expect(cloneId(state)).toBe(id)
  expect(hostId(state)).not.toBe(host)
  name.mockRestore()
})
