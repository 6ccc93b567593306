import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { GENESIS, sealLine } from '../../../src/evidence/chain.ts'
import { notifyWitness } from '../../../src/workflow/notify-witness.ts'
import { witnessLimit } from '../../../src/workflow/witness/request.ts'
import { callAt } from '../../kit/call.ts'
import { temporaryFolder } from '../../kit/folder.ts'
import { projectAt, TASKS } from '../../kit/project.ts'
import {
  recordedAt,
  recordedFeature,
  tick,
  type RecordedFeature,
} from '../../kit/recorded-feature.ts'
import { startWitness, send, checkedBy, type TestWitness } from '../../kit/witness.ts'

const PLAN = '## Phase 1: Core\n- [ ] T001 one\n- [ ] T002 two\n- [ ] T003 three\n'
const LEDGER = '.redgreen/ledger/001-stack'
const HONEST = { findings: [], notes: [] }

function git({ root }: { root: string }, ...args: string[]): void {
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@localhost']
  execFileSync('git', ['-C', root, ...identity, ...args], { stdio: 'ignore' })
}

function commit(project: { root: string }): void {
  git(project, 'add', '-A')
  git(project, 'commit', '-qm', 'work')
}

function cloneOf(project: RecordedFeature): RecordedFeature {
  const root = temporaryFolder()
  git(project, 'clone', '-q', project.root, root)
  return recordedAt(projectAt(root))
}

const usual = witnessLimit.ms

let witness: TestWitness
let project: RecordedFeature

/** Proves a task, and sends to the witness after each event as the server does. */
async function prove(one: RecordedFeature, task: string): Promise<void> {
  one.prove(task)
  expect(await send(one)).toEqual([])
}

/** The ledger of a forger: the same events with other snapshots and valid hashes. */
function forged(lines: readonly string[], from = 0): string[] {
  let prev = GENESIS
  const renamed = new Map<string, string>()
  return lines.map((line, at) => {
    const { hash, ...body } = JSON.parse(line)
    const tree = at < from || body.tree === undefined ? {} : { tree: `${body.tree}2` }
    const proof = body.proof && { proof: body.proof.map((old: string) => renamed.get(old) ?? old) }
    const sealed = sealLine({ ...body, ...tree, ...proof }, { seq: at + 1, prev })
    prev = JSON.parse(sealed).hash
    renamed.set(hash, prev)
    return sealed
  })
}

function chainOf({ root }: RecordedFeature): { file: string; lines: string[] } {
  const [name = ''] = readdirSync(path.join(root, LEDGER))
  const file = `${LEDGER}/${name}`
  return { file, lines: projectAt(root).read(file).trimEnd().split('\n') }
}

function write(one: RecordedFeature, file: string, lines: readonly string[]): void {
  one.write(file, lines.map(line => `${line}\n`).join(''))
}

beforeEach(async () => {
  witness = await startWitness()
  project = recordedFeature(PLAN, { '.redgreen/.gitignore': 'local/\n' })
  git(project, 'branch', '-M', 'main')
  await prove(project, 'T001')
  commit(project)
})

describe('an honest ledger, compared with its witness', () => {
  it('has no finding, in the clone and in a new one', async () => {
    expect(await checkedBy(project, witness)).toEqual(HONEST)
    expect(await checkedBy(cloneOf(project), witness)).toEqual(HONEST)
  })

  it('has none after two clones worked at the same time and were merged', async () => {
    const clone = cloneOf(project)
    await prove(clone, 'T002')
    await prove(project, 'T003')
    await prove(clone, 'T003')
    const [own, other] = [await checkedBy(project, witness), await checkedBy(clone, witness)]
    expect([...own.findings, ...other.findings]).toEqual([])
    expect(own.notes).toEqual([expect.stringMatching(/heard of 8 events .* of another clone/)])
    for (const one of [clone, project]) commit(one)
    git(project, 'pull', '-q', '--no-rebase', '--no-edit', '-X', 'ours', clone.root, 'main')
    tick(project, 'T002')
    expect(await checkedBy(project, witness)).toEqual(HONEST)
    expect(await checkedBy(cloneOf(project), witness)).toEqual(HONEST)
  })

  it('has none on a branch, after a squash of the branch, and after it was given up', async () => {
    git(project, 'switch', '-qc', 'work')
    await prove(project, 'T002')
    commit(project)
    expect(await checkedBy(project, witness)).toEqual(HONEST)
    git(project, 'switch', '-q', 'main')
    expect(await checkedBy(project, witness)).toEqual(HONEST)
    git(project, 'switch', '-qc', 'idea')
    await prove(project, 'T003')
    commit(project)
    git(project, 'switch', '-q', 'main')
    git(project, 'branch', '-qD', 'idea')
    git(project, 'merge', '-q', '--squash', 'work')
    commit(project)
    git(project, 'branch', '-qD', 'work')
    await prove(project, 'T003')
    commit(project)
    const fresh = await checkedBy(cloneOf(project), witness)
    expect(fresh.findings).toEqual([])
    expect(fresh.notes).toEqual([expect.stringContaining('of another clone or branch')])
  })

  it('has none while a branch goes on after the push', async () => {
    const pushed = cloneOf(project)
    await prove(project, 'T002')
    expect((await checkedBy(pushed, witness)).findings).toEqual([])
  })

  it('has none after a rebase and a cherry-pick', async () => {
    git(project, 'switch', '-qc', 'work')
    await prove(project, 'T002')
    commit(project)
    git(project, 'switch', '-q', 'main')
    git(project, 'cherry-pick', 'work')
    await prove(project, 'T003')
    commit(project)
    git(project, 'switch', '-q', 'work')
    git(project, 'rebase', '-q', 'main')
    expect(await checkedBy(project, witness)).toEqual(HONEST)
    expect(await checkedBy(cloneOf(project), witness)).toEqual(HONEST)
  })

  it('has no finding in a worktree', async () => {
    const root = path.join(temporaryFolder(), 'tree')
    git(project, 'worktree', 'add', '-q', '-b', 'work', root)
    const tree = recordedAt(projectAt(root))
    await prove(tree, 'T002')
    await prove(project, 'T003')
    expect(await checkedBy(tree, witness)).toEqual(HONEST)
    expect(await checkedBy(project, witness)).toEqual(HONEST)
  })
})

describe('a ledger that was changed with valid hashes', () => {
  it('is detected if it was rewritten from an event on', async () => {
    const { file, lines } = chainOf(project)
    write(project, file, forged(lines, 1))
    commit(project)
    for (const one of [project, cloneOf(project)]) {
      const { findings } = await checkedBy(one, witness)
      expect(findings).toContainEqual(
        expect.stringMatching(
          /^Event 2 of chain \w+ \(red of T001\) is not the one that the witness/,
        ),
      )
    }
  })

  it('is detected if another ledger is in its place, in a new clone too', async () => {
    const { file, lines } = chainOf(project)
    project.remove(file)
    write(project, `${LEDGER}/0123456789.jsonl`, forged(lines))
    commit(project)
    const { findings } = await checkedBy(cloneOf(project), witness)
    expect(findings).toEqual([
      expect.stringMatching(/^The witness heard of 4 events .* although others are in it/),
      expect.stringMatching(
        /^The witness does not know 4 events of this ledger, first start of T001/,
      ),
    ])
  })

  it('is detected if the forger sends to the witness, because the earlier events are missing', async () => {
    const { file, lines } = chainOf(project)
    project.remove('.redgreen/local')
    project.remove(file)
    write(project, `${LEDGER}/0123456789.jsonl`, forged(lines))
    await send(project)
    project.record({ kind: 'resumed', task: 'T001' })
    await send(project)
    commit(project)
    const { findings } = await checkedBy(cloneOf(project), witness)
    expect(findings).toEqual([
      expect.stringMatching(
        /^The witness heard of 4 events .* although the ledger of this branch had them/,
      ),
    ])
  })

  it('is detected if its end was cut off, in the clone, and elsewhere if the work went on', async () => {
    const { file, lines } = chainOf(project)
    write(project, file, lines.slice(0, 2))
    expect((await checkedBy(project, witness)).findings).toContainEqual(
      expect.stringMatching(/^The witness heard of 2 events \(first number 3 of chain/),
    )
    commit(project)
    expect((await checkedBy(cloneOf(project), witness)).notes).toEqual([
      expect.stringMatching(/^The witness heard of 2 events .* or cut off at the end/),
    ])
    await prove(project, 'T002')
    commit(project)
    expect((await checkedBy(cloneOf(project), witness)).findings).toContainEqual(
      expect.stringMatching(
        /^The witness heard of 2 events .* although the ledger of this branch had them/,
      ),
    )
  })

  it('is detected if it was deleted', async () => {
    project.remove('.redgreen')
    const { findings } = await checkedBy(project, witness)
    expect(findings).toContainEqual(expect.stringMatching(/^The witness heard of 4 events/))
  })

  it('is detected if an approval follows, which is named', async () => {
    const { file, lines } = chainOf(project)
    write(project, file, lines.slice(0, 2))
    project.record({ kind: 'approved', structure: 'x', person: 'Ada', settings: 'none' })
    await send(project)
    commit(project)
    for (const one of [project, cloneOf(project)])
      expect((await checkedBy(one, witness)).findings).toContainEqual(
        expect.stringMatching(
          /^The witness heard of 2 events .* Ada approved the ledger at \S+, after the first of them/,
        ),
      )
  })

  it('is detected if the forger adds an approval to a ledger that replaces it', async () => {
    const { file, lines } = chainOf(project)
    project.remove('.redgreen/local')
    project.remove(file)
    write(project, `${LEDGER}/0123456789.jsonl`, forged(lines))
    await send(project)
    project.record({ kind: 'approved', structure: 'x', person: 'Ada', settings: 'none' })
    await send(project)
    commit(project)
    expect((await checkedBy(cloneOf(project), witness)).findings).toContainEqual(
      expect.stringMatching(/^The witness heard of 4 events .* Ada approved the ledger at/),
    )
  })

  it('of another clone is noted with the approval that came later', async () => {
    const clone = cloneOf(project)
    await prove(clone, 'T002')
    project.record({ kind: 'approved', structure: 'x', person: 'Ada', settings: 'none' })
    await send(project)
    expect((await checkedBy(project, witness)).notes).toEqual([
      expect.stringMatching(/heard of 4 events .* of another clone .* Ada approved the ledger at/),
    ])
  })

  it('is refused by the witness, and the answer says so', async () => {
    const { file, lines } = chainOf(project)
    write(project, file, forged(lines, 1))
    expect(await send(project)).toEqual([
      expect.stringMatching(/^The witness heard of another event 4 of chain \w+ in 001-stack/),
    ])
    expect(witness.witness.heads({ project: 'stack', feature: '001-stack' }).heads).toMatchObject([
      { length: 4, head: JSON.parse(lines[3] ?? '').hash },
    ])
  })
})

describe('a witness', () => {
  it('that is down stops nothing, and hears the rest with the next event', async () => {
    await witness.stop()
    project.prove('T002')
    expect(await send(project)).toEqual([
      expect.stringMatching(
        /did not take the latest events: it cannot be reached .* The work continues/,
      ),
    ])
    expect((await checkedBy(project, witness)).findings).toEqual([
      expect.stringMatching(/^The witness could not be asked: it cannot be reached \(\w+\)\. So/),
    ])
    const again = await startWitness(witness.folder)
    expect((await checkedBy(project, again)).findings).toEqual([
      expect.stringMatching(
        /^The witness does not know 4 events of this ledger, first start of T002/,
      ),
    ])
    await prove(project, 'T003')
    expect(await checkedBy(project, again)).toEqual(HONEST)
  })

  it('that lost its files does not know the ledger, and does not call it forged', async () => {
    await witness.stop()
    renameSync(path.join(witness.folder, 'journal.jsonl'), path.join(witness.folder, 'old'))
    const empty = await startWitness(witness.folder)
    expect(await checkedBy(project, empty)).toEqual({
      findings: [
        expect.stringMatching(
          /^The witness does not know this ledger\. That alone does not show a forgery/,
        ),
      ],
      notes: [],
    })
    await prove(project, 'T002')
    expect(await checkedBy(project, empty)).toEqual(HONEST)
  })

  it('that has an older state does not know the end, and hears it again', async () => {
    const old = temporaryFolder()
    cpSync(witness.folder, old, { recursive: true, filter: name => !name.endsWith('.sock') })
    await prove(project, 'T002')
    await witness.stop()
    const restored = await startWitness(old)
    const { findings } = await checkedBy(project, restored)
    expect(findings).toEqual([expect.stringMatching(/^The witness does not know 4 events/)])
    await prove(project, 'T003')
    expect(await checkedBy(project, restored)).toEqual(HONEST)
  })

  it('that is slow has one deadline for all requests of a step', async () => {
    await startWitness()
    const deadlines = vi.spyOn(AbortSignal, 'timeout')
    onTestFinished(() => deadlines.mockRestore())
    expect(await send(project)).toEqual([])
    expect(deadlines.mock.calls).toEqual([[witnessLimit.ms]])
  })

  it('that does not answer is not waited for after the call was cancelled', async () => {
    witnessLimit.ms = 600_000
    onTestFinished(() => void (witnessLimit.ms = usual))
    const cancelled = new AbortController()
    const socket = path.join(temporaryFolder(), 'mute.sock')
    const mute = createServer(() => cancelled.abort())
    await new Promise<void>(resolve => mute.listen(socket, resolve))
    onTestFinished(() => {
      mute.closeAllConnections()
      mute.close()
    })
    vi.stubEnv('REDGREEN_WITNESS_URL', `unix:${socket}?project=stack`)
    const call = { ...callAt(project.root), signal: cancelled.signal }
    expect(await notifyWitness(call)).toMatch(/it did not answer in time/)
  })

  it('that is full of one project says so, and the work goes on', async () => {
    const full = await startWitness(undefined, 1)
    expect(await send(project)).toEqual([
      expect.stringMatching(/it keeps nothing more about this project; name another one/),
    ])
    expect(full.witness.statement('stack').chains).toEqual([])
  })

  it('that has another key is not believed', async () => {
    const other = await startWitness()
    await send(project)
    for (const source of [{ url: other.url, key: witness.key }])
      expect((await checkedBy(project, source)).findings).toEqual([
        expect.stringMatching(/^The statement is signed with the key .* names another one/),
      ])
  })

  it.each<[string, (answer: string) => string | undefined, RegExp]>([
    ['does not answer', () => undefined, /it did not answer in time/],
    ['answers nonsense', () => '<html>', /its answer has no valid signature/],
    [
      'signs nothing',
      text => text.replace(/"signature":"./, '"signature":"'),
      /no valid signature/,
    ],
    [
      'changes what it signed',
      text => text.replace('"heads":[{', '"heads":[{"x":1,'),
      /no valid signature/,
    ],
  ])('that %s is not believed, and the work goes on', async (_, lie, expected) => {
    witnessLimit.ms = 1000
    onTestFinished(() => void (witnessLimit.ms = usual))
    const socket = path.join(temporaryFolder(), 'liar.sock')
    const liar = createServer((_request, response) => {
      const place = { project: 'stack', feature: '001-stack' }
      const answer = lie(JSON.stringify(witness.witness.heads(place)))
      if (answer !== undefined) response.end(answer)
    })
    await new Promise<void>(resolve => liar.listen(socket, resolve))
    onTestFinished(() => {
      liar.closeAllConnections()
      liar.close()
    })
    vi.stubEnv('REDGREEN_WITNESS_URL', `unix:${socket}?project=stack`)
    project.prove('T002')
    expect(await send(project)).toEqual([expect.stringMatching(expected)])
  })

  it('that signs with another key than the expected one gets nothing', async () => {
    vi.stubEnv('REDGREEN_WITNESS_KEY', witness.key)
    const other = await startWitness()
    project.prove('T002')
    expect(await send(project)).toEqual([
      expect.stringMatching(/signs with another key than the expec/),
    ])
    expect(other.witness.statement('stack').chains).toEqual([])
  })

  it.each([
    ['ftp://host/', /must begin with https/],
    ['nonsense', /must begin with https/],
    ['unix:relative', /must begin with https/],
    ['http://127.0.0.1:1/?project=a%2Fb', /no plain name/],
  ])('is not asked at the address %s', async (url, expected) => {
    vi.stubEnv('REDGREEN_WITNESS_URL', url)
    expect(await send(project)).toEqual([expect.stringMatching(expected)])
  })

  it('shows when it heard of events that were sent late', async () => {
    const { file, lines } = chainOf(project)
    const old = lines.map(line => ({ ...JSON.parse(line), at: '2026-01-01T00:00:00.000Z' }))
    project.remove(file)
    write(project, `${LEDGER}/0123456789.jsonl`, forged(old.map(entry => JSON.stringify(entry))))
    await send(project)
    expect((await checkedBy(project, witness)).notes).toContainEqual(
      expect.stringMatching(
        /heard of 4 events more than 10 minutes after .* start of T001 \(recorded at 2026-01-01T/,
      ),
    )
  })
})

describe('a statement in a file', () => {
  function statement(change: (text: string) => string = text => text): string {
    const file = path.join(temporaryFolder(), 'statement.json')
    writeFileSync(file, change(JSON.stringify(witness.witness.statement('stack'))))
    return `${file}?project=stack`
  }

  it('is enough to check a ledger, with the key of the witness', async () => {
    const url = statement()
    expect(await checkedBy(project, { url, key: witness.key })).toEqual(HONEST)
    await prove(project, 'T002')
    expect(await checkedBy(project, { url, key: witness.key })).toEqual({
      findings: [],
      notes: [
        expect.stringMatching(/^4 events of this ledger say that they are later than the st/),
      ],
    })
    const { file, lines } = chainOf(project)
    write(project, file, forged(lines, 1))
    expect((await checkedBy(project, { url, key: witness.key })).findings).toContainEqual(
      expect.stringMatching(/^Event 2 of chain/),
    )
  })

  it('is not enough for later events if it is older than a day', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 25 * 60 * 60_000 })
    onTestFinished(() => void vi.useRealTimers())
    const url = statement()
    vi.useRealTimers()
    expect(await checkedBy(project, { url, key: witness.key })).toEqual(HONEST)
    await prove(project, 'T002')
    expect(await checkedBy(project, { url, key: witness.key })).toEqual({
      findings: [expect.stringMatching(/^4 events .* later than .* Ask for a new statement/)],
      notes: [],
    })
  })

  it('is not believed if it is about another project, from a file or an address', async () => {
    const text = JSON.stringify(witness.witness.statement('other'))
    const file = path.join(temporaryFolder(), 'statement.json')
    writeFileSync(file, text)
    const socket = path.join(temporaryFolder(), 'other.sock')
    const server = createServer((_request, response) => void response.end(text))
    await new Promise<void>(resolve => server.listen(socket, resolve))
    onTestFinished(() => void server.close())
    const expected = /^The statement is about the project other and not about (stack|default), so/
    for (const url of [file, `${file}?project=stack`, `unix:${socket}?project=stack`])
      expect((await checkedBy(project, { url, key: witness.key })).findings).toEqual([
        expect.stringMatching(expected),
      ])
  })

  it.each<[string, (text: string) => string, RegExp]>([
    [
      'was changed',
      text => text.replace('"first":1', '"first":2'),
      /^The signature of the statement is not valid/,
    ],
    ['is no statement', () => '{}', /has no statement of a witness/],
  ])('is not believed if it %s', async (_, change, expected) => {
    const { findings } = await checkedBy(project, { url: statement(change), key: witness.key })
    expect(findings).toEqual([expect.stringMatching(expected)])
  })

  it('is not believed with a key of the settings alone, which come with the same pull request', async () => {
    project.write('redgreen.config.json', JSON.stringify({ witness: { key: witness.key } }))
    const fromFile = await checkedBy(project, { url: statement() })
    expect(fromFile.findings).toContainEqual(expect.stringContaining('name it with --witness-key'))
    const { notes } = await checkedBy(project, witness)
    expect(notes).toEqual([])
  })

  it('is named as untested if nobody names a key', async () => {
    const { notes } = await checkedBy(project, { url: witness.url })
    expect(notes).toEqual([expect.stringContaining(`It signs with ${witness.key}`)])
  })
})

it('the plan of these tests is ticked', () => {
  expect(project.read(TASKS)).toContain('[X] T001')
})
