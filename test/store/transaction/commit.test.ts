import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { sealLine } from '../../../src/evidence/chain.ts'
import { appendEvents } from '../../../src/store/append-events.ts'
import { recordedLedger, resumed } from '../../kit/store.ts'

describe('a commit whose lines are incomplete', () => {
  it.each([0, 1, 40, 200])('is completed by the next call, after %i bytes', bytes => {
    const { file, commits, taskIds } = recordedLedger('T1', 'T2')
    const [first = ''] = readFileSync(file, 'utf8').split('\n')
    truncateSync(file, first.length + 1 + bytes)
    rmSync(path.join(commits, '2.settled'))
    expect(taskIds()).toEqual(['T1', 'T2'])
    expect(readdirSync(commits)).toContain('2.settled')
  })

  it('is completed only on its own branch', () => {
    const { project, file, commits, taskIds } = recordedLedger('T1')
    const main = project.read('.git/HEAD')
    rmSync(file)
    rmSync(path.join(commits, '1.settled'))
    project.write('.git/HEAD', 'ref: refs/heads/other\n')
    expect(taskIds()).toEqual([])
    project.write('.git/HEAD', main)
    expect(taskIds()).toEqual(['T1'])
  })

  it('does not overwrite another history of the same file', () => {
    const { state, file, commits, taskIds } = recordedLedger('T1', 'T2')
    const [first = ''] = readFileSync(file, 'utf8').split('\n')
    const event = JSON.parse(first)
    const at = { seq: 2, prev: event.hash }
    const other = sealLine({ ...resumed('T9'), feature: 'f', at: event.at, by: 'you' }, at)
    writeFileSync(file, `${first}\n${other}\n`)
    rmSync(path.join(commits, '2.settled'))
    expect(taskIds()).toEqual(['T1', 'T9'])
    appendEvents(state, 'f', [resumed('T3')], { by: 'me' })
    expect(taskIds()).toEqual(['T1', 'T9', 'T3'])
  })
})
