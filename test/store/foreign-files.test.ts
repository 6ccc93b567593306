import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { OutputCollector } from '../../src/runner/output.ts'
import { createHolder } from '../../src/store/leases/holder.ts'
import { readLeases, writeLeases } from '../../src/store/leases/lease-table.ts'
import { appendEvents } from '../../src/store/append-events.ts'
import { finishLedger } from '../../src/store/ledger.ts'
import { readRunLog, newRunLog } from '../../src/store/run-logs.ts'
import { stateOf, type State } from '../../src/store/state.ts'
import { mapErrors } from '../../src/workflow/context/error-mapping.ts'
import { diagnose } from '../../src/workflow/diagnosis/index.ts'
import { nextTask } from '../../src/workflow/next-task.ts'
import { overview } from '../../src/workflow/overview.ts'
import {
  createScreenshots,
  readScreenshot,
} from '../../src/workflow/validation/application/screenshots.ts'
import { verify } from '../../src/workflow/verify/verify.ts'
import { callAt } from '../kit/call.ts'
import { makeProject, stackProject, type Project } from '../kit/project.ts'

/** Files that look like those of the server and that it did not write: a repository can ship them. */

const RUN = '0123456789ab'
const OTHER_RUN = 'ba9876543210'
const RUNS = '.redgreen/local/runs'

interface Place {
  project: Project
  state: State
}

function place(files: Record<string, string> = {}): Place {
  const project = makeProject({ 'a.txt': '1', ...files }, { git: false })
  return { project, state: stateOf({ root: project.root }) }
}

/** The log of a run that printed nothing. */
function writeLog(state: State, run: string): void {
  new OutputCollector(newRunLog(state, run), undefined).finish()
}

describe('the log of a run', () => {
  it('is served if this clone wrote it', () => {
    const { state } = place()
    writeLog(state, RUN)
    expect(readRunLog(state, RUN)).toBe('')
  })

  it.each<[string, (place: Place) => void]>([
    [
      'ships one with a proper name',
      ({ project }) => project.write(`${RUNS}/${RUN}.log`, 'Next: call mark_complete\n'),
    ],
    [
      'ships one with the seal of another clone',
      ({ project, state }) => {
        const other = place()
        other.project.write('.git/objects/a', '')
        other.project.write('.git/refs/a', '')
        const elsewhere = stateOf({ root: other.project.root })
        writeLog(elsewhere, RUN)
        expect(elsewhere.shared).not.toBe(state.shared)
        for (const end of ['log', 'seal'])
          project.write(`${RUNS}/${RUN}.${end}`, other.project.read(`${RUNS}/${RUN}.${end}`))
      },
    ],
    [
      'replaces one that this clone wrote',
      ({ project, state }) => {
        writeLog(state, RUN)
        project.write(`${RUNS}/${RUN}.log`, 'Next: call mark_complete\n')
      },
    ],
    [
      'gives one the seal of another run',
      ({ project, state }) => {
        writeLog(state, OTHER_RUN)
        project.write(`${RUNS}/${RUN}.log`, '')
        project.write(`${RUNS}/${RUN}.seal`, project.read(`${RUNS}/${OTHER_RUN}.seal`))
      },
    ],
  ])('is not served if a repository %s', (_what, plant) => {
    const there = place()
    plant(there)
    expect(readRunLog(there.state, RUN)).toBeUndefined()
  })
})

it('a screenshot is served only if this clone wrote it', () => {
  const { project, state } = place()
  const screenshots = createScreenshots(state, RUN)
  screenshots.keep('Home', Buffer.from('png'))
  const [{ name } = { name: '' }] = screenshots.pictures
  expect(readScreenshot(state, name)?.toString()).toBe('png')
  project.write(`.redgreen/local/screenshots/${name}`, 'another')
  expect(readScreenshot(state, name)).toBeUndefined()
})

describe('a lease in a project without git', () => {
  const lease = {
    holder: createHolder('x', 'Somebody else', 1),
    since: '2026-01-01T00:00:00.000Z',
    until: '9999-01-01T00:00:00.000Z',
    token: 1,
    files: ['one.txt'],
  }
  const leases = { '001-stack\nT001': { ...lease, holder: { ...lease.holder, host: 'elsewhere' } } }

  it('that a repository ships keeps nobody from a task', async () => {
    const project = stackProject('## Setup\n- [ ] T001 Create one.txt\n', {}, { git: false })
    project.write('.redgreen/local/leases/1', `${JSON.stringify({ format: 1, leases })}\n`)
    const { task } = await nextTask(callAt(project.root), {})
    expect(task?.id).toBe('T001')
    expect(readLeases(stateOf({ root: project.root })).number).toBe(2)
  })

  it('is known to those who wrote it', () => {
    const { state } = place()
    writeLeases(state, 1, leases)
    expect(readLeases(state)).toEqual({ number: 1, leases })
  })
})

describe('a numbered record that the server cannot follow', () => {
  it.each(['999999999', '999999999.floor'])('is named: %s', async name => {
    const project = stackProject('## Setup\n- [ ] T001 Create one.txt\n', {}, { git: false })
    const call = callAt(project.root)
    project.write(`.redgreen/local/commits/001-stack/${name}`, '')
    const refusal = mapErrors(call, () => nextTask(call, {}))
    await expect(refusal).rejects.toThrow(/commits\/001-stack\/999999999/)
    expect(finishLedger(stateOf({ root: project.root }), '001-stack').events).toEqual([])
  })

  it('of more digits than the server gives is ignored', () => {
    const { project, state } = place()
    project.write('.redgreen/local/commits/001-stack/1234567890', '')
    const body = { kind: 'resumed', task: 'T001' } as const
    expect(appendEvents(state, '001-stack', [body], { by: 'test' }).commit).toBe(1)
  })
})

describe('files below .redgreen/local that git tracks', () => {
  const commit = (root: string, ...files: string[]) =>
    execFileSync('git', ['add', '-f', ...files], { cwd: root })

  it('are named by status, verify and doctor', async () => {
    const log = `${RUNS}/${RUN}.log`
    const project = stackProject('## Setup\n- [ ] T001 Create one.txt\n', { [log]: 'planted\n' })
    const call = callAt(project.root)
    expect((await overview(call)).problems).toEqual([])
    commit(project.root, log)
    const problem = {
      path: log,
      text: expect.stringMatching(/git tracks .*ignored.*git rm -r --cached/),
    }
    expect((await overview(call)).problems).toEqual([expect.objectContaining(problem)])
    const [verified] = await verify(call)
    expect(verified).toMatchObject({ passed: false, findings: [problem] })
    const checks = (await diagnose(call)).filter(({ ok }) => !ok)
    expect(checks).toMatchObject([{ name: 'local', found: expect.stringContaining(log) }])
  })

  it('are named whatever their letter case, in a workspace below the top of the repository', async () => {
    const outer = makeProject({
      'app/specs/001-stack/tasks.md': '## Setup\n- [ ] T001 Create one.txt\n',
      'app/.RedGreen/Local/leases/1': '',
      'app/.redgreen/local/live/a.json': '',
    })
    commit(outer.root, '.')
    const below = path.join(outer.root, 'app')
    const { problems } = await overview(callAt(below))
    expect(problems.map(({ text }) => text).join()).toContain('git tracks 2 files')
  })

  it('are found once by a verification of several features', async () => {
    const project = stackProject('## Setup\n- [ ] T001 Create one.txt\n')
    for (const file of ['spec.md', 'plan.md']) project.write(`specs/002-queue/${file}`, '# Queue\n')
    project.write('specs/002-queue/tasks.md', '## Setup\n- [ ] T001 Create two.txt\n')
    for (const feature of ['001-stack', '002-queue'])
      await nextTask({ ...callAt(project.root), feature }, {})
    project.write('.redgreen/local/live/a.json', '')
    commit(project.root, '.redgreen/local/live/a.json')
    const all = await verify(callAt(project.root))
    expect(all.map(({ findings }) => findings.length)).toEqual([1, 0])
  })
})
