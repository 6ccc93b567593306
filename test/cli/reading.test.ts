import { spawnSync } from 'node:child_process'
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { GENESIS, sealLine } from '../../src/evidence/chain.ts'
import { checkedOut } from '../../src/store/git-folder.ts'
import { sealOf } from '../../src/store/secret.ts'
import { stateOf } from '../../src/store/state.ts'
import { stackProject } from '../kit/project.ts'

const FEATURE = '001-stack'

/** Every file below a folder with what it holds, links as links. */
function snapshotOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true }).map(String)
  return Object.fromEntries(
    names.map(name => {
      const place = path.join(folder, name)
      const stat = lstatSync(place)
      if (stat.isSymbolicLink()) return [name, `-> ${readlinkSync(place)}`]
      return [name, stat.isFile() ? readFileSync(place, 'latin1') : 'folder']
    }),
  )
}

/** A commit of this user whose line a crash left unwritten. */
function leaveCommit(root: string): void {
  const state = stateOf({ root })
  const body = { kind: 'resumed', task: 'T001', feature: FEATURE, at: '2026-01-01', by: 'x' }
  const line = sealLine(body, { seq: 1, prev: GENESIS })
  const { hash } = JSON.parse(line)
  const text = JSON.stringify({
    format: 1,
    file: '0123456789.jsonl',
    offset: 0,
    prev: GENESIS,
    seq: 0,
    lines: [line],
    tip: hash,
    branch: checkedOut(root) ?? '',
  })
  const folder = path.join(state.local, 'commits', FEATURE)
  mkdirSync(folder, { recursive: true })
  const seal = sealOf(state, `commit\0${FEATURE}\u00001`, text)
  writeFileSync(path.join(folder, '1'), `${text}\n${seal}\n`)
}

describe('a command that only reads', () => {
  it.each(['status', 'status --json', 'verify', 'verify --json', 'doctor'])(
    'writes nothing, not even what a crash left unwritten: redgreen %s',
    command => {
      const project = stackProject('## Setup\n- [ ] T001 Create notes.txt\n')
      leaveCommit(project.root)
      const before = snapshotOf(project.root)
      const words = [path.resolve('dist/cli.js'), ...command.split(' ')]
      const { status } = spawnSync(process.execPath, words, { cwd: project.root })
      expect(status).not.toBe(3)
      expect(snapshotOf(project.root)).toEqual(before)
    },
  )

  it('is followed by a step that writes it', () => {
    const project = stackProject('## Setup\n- [ ] T001 Create notes.txt\n')
    leaveCommit(project.root)
    spawnSync(process.execPath, [path.resolve('dist/cli.js'), 'next-task'], { cwd: project.root })
    const ledger = project.read(`.redgreen/ledger/${FEATURE}/0123456789.jsonl`)
    expect(ledger).toContain('"kind":"resumed"')
  })
})
