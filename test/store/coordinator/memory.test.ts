import { describe, expect, it } from 'vitest'
import { chanceOf, freshSeed } from '../../chaos/figures.ts'
import { CONTENTS } from './checks/contents.ts'
import { checksFor, CONTROLS, describeStore, failing } from './conformance.ts'
import { MemoryProject } from './memory.ts'
import { runCheck, type TestedStore } from './shared-project.ts'

const seed = freshSeed()
let started = 0

const MEMORY: TestedStore = {
  name: 'the memory of a process',
  extras: ['commits', 'attached', 'clock'],
  start: async () => new MemoryProject(chanceOf(seed + (started += 1))),
}

describeStore(MEMORY)

describe('the suite for stores', () => {
  it('has a control for each check', async () => {
    const checks = checksFor(MEMORY)
    let left = checks
    for (const control of CONTROLS) {
      const failed = await failing(MEMORY, left, seed, control)
      left = left.filter(({ name }) => !failed.includes(name))
    }
    expect(left.map(({ name }) => name)).toEqual([])
  })

  it('holds for many orders', async () => {
    expect.hasAssertions()
    const checks = checksFor(MEMORY).filter(check => !CONTENTS.includes(check))
    for (let run = 0; run < 20; run += 1)
      for (const check of checks) await runCheck(MEMORY, check, seed + run)
  })
})
