import { describe, expect, it } from 'vitest'
import { chanceOf, freshSeed } from '../../chaos/figures.ts'
import { CONTENTS } from './checks/contents.ts'
import { checksFor, describeStore, failing } from './conformance.ts'
import { CONTROLS } from './controls.ts'
import { MemoryProject } from './memory.ts'
import { runCheck, type TestedStore } from './shared-project.ts'

const seed = freshSeed()
let started = 0

const MEMORY: TestedStore = {
  name: 'the memory of a process',
  extras: ['commits', 'clock'],
  start: async () => new MemoryProject(chanceOf(seed + (started += 1))),
}

describeStore(MEMORY)

describe('the suite for stores', () => {
  it('has a control for each check', async () => {
    const checks = checksFor(MEMORY)
    const failed = new Set<string>()
    for (const control of CONTROLS)
      for (const name of await failing(MEMORY, checks, seed, control)) failed.add(name)
    expect(checks.map(({ name }) => name).filter(name => !failed.has(name))).toEqual([])
  })

  it('holds for many orders', async () => {
    const checks = checksFor(MEMORY).filter(check => !CONTENTS.includes(check))
    for (let run = 0; run < 50; run += 1)
      for (const check of checks) await runCheck(MEMORY, check, seed + run)
  })
})
