import { describe, expect, it } from 'vitest'
import type { Event, EventBody } from '../../../src/evidence/event.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import {
  leasesElsewhere,
  localWork,
  type Viewpoint,
} from '../../../src/workflow/context/local-work.ts'
import { chain, failed, green, passed, red } from '../../evidence/outcomes.ts'
import { readText } from '../../kit/memory-workspace.ts'

const CODE = { settings: 'none', tree: 't', provenAs: 'build' } as const

/** Events of T001 up to its mark, recorded in one clone, or before there were several. */
function work(clone?: string): Event[] {
  const bodies: EventBody[] = [
    { kind: 'start', task: 'T001', title: '', ...CODE },
    red('T001', [failed('x')]),
    green('T001', [passed('x')]),
    { kind: 'done', task: 'T001', ...CODE, suite: 'full', marks: [], proof: [] },
  ]
  return recordedIn(clone, ...bodies)
}

function recordedIn(clone: string | undefined, ...bodies: EventBody[]): Event[] {
  return chain(bodies).map(event => ({ ...event, ...(clone !== undefined && { clone }) }))
}

const plan = (mark: string): Plan => readText(`## Core\n- [${mark}] T001 one\n- [ ] T002 two\n`)

const here = (mark: string) => ({ plan: plan(mark), clone: 'here', unmarked: [] })

function judged(events: Event[], mark = ' ', more: Partial<Viewpoint> = {}) {
  const { events: left, elsewhere } = localWork(events, { ...here(mark), ...more })
  return { kinds: left.map(({ kind }) => kind), elsewhere: [...elsewhere.keys()] }
}

const WHOLE = ['start', 'red', 'green', 'done']

describe('what another clone did for a task', () => {
  it('counts when the mark of the task is here, and until then the task is finished elsewhere', () => {
    expect(judged(work('there'), 'x')).toEqual({ kinds: WHOLE, elsewhere: [] })
    expect(judged(work('there'))).toEqual({ kinds: [], elsewhere: ['T001'] })
    expect(judged(work('there').slice(0, 3))).toEqual({ kinds: [], elsewhere: [] })
  })

  it('counts in that clone, in one that shares with nobody, and from before it was shared', () => {
    const all = { kinds: WHOLE, elsewhere: [] }
    expect(judged(work('here').slice(0, 3)).kinds).toEqual(WHOLE.slice(0, 3))
    expect(judged(work('there'), ' ', { clone: undefined })).toEqual(all)
    expect(judged(work())).toEqual(all)
  })

  it('is not done on another branch of the clone that did it, until its marks are about to be written', () => {
    expect(judged(work('here'))).toEqual({ kinds: [], elsewhere: ['T001'] })
    const finishing = { unmarked: ['T001'] }
    expect(judged(work('here'), ' ', finishing)).toEqual({ kinds: WHOLE, elsewhere: [] })
  })

  it('says nothing about the code here: failures, what the suite and the linter find, a validation', () => {
    const output = { output: '', outputSha256: '' }
    const run = {
      id: 'r',
      command: [],
      cwd: '',
      exitCode: 1,
      durationMs: 1,
      framework: '',
      ...output,
    }
    const events = recordedIn(
      'there',
      { kind: 'failed', task: 'T001', error: 'e', files: [], effect: 'halted' },
      {
        kind: 'findings',
        judge: 'lint',
        command: [],
        settings: 'none',
        tree: 't',
        run,
        findings: [],
      },
    )
    expect(judged(events).kinds).toEqual([])
    // Where only the marks decide, as in a verification, they say the same as before.
    expect(judged(events, 'x', { clone: null }).kinds).toEqual(['failed', 'findings'])
  })

  it('does not count for a mark that came without the code, and the work to do it here does', () => {
    const withoutCode = new Set(['T001'])
    expect(judged(work('there'), 'x', { withoutCode })).toEqual({ kinds: [], elsewhere: [] })
    const { ticked } = localWork(work('there'), { ...here('x'), withoutCode })
    expect([...ticked.keys()]).toEqual(['T001'])
    const both = [...work('there'), ...work('here').slice(0, 2)]
    expect(judged(both, 'x', { withoutCode }).kinds).toEqual(['start', 'red'])
  })

  it('is over when the task is opened again or started anew', () => {
    const again = { reason: 'r', person: 'p', channel: 'terminal', was: 'done' } as const
    const reopened = recordedIn('here', { kind: 'reopened', task: 'T001', ...again })
    expect(judged([...work('there'), ...reopened])).toEqual({ kinds: ['reopened'], elsewhere: [] })
    const anew = [...work('there'), ...reopened, ...work('other').slice(0, 1)]
    expect(judged(anew)).toEqual({ kinds: ['reopened'], elsewhere: [] })
  })

  it('does not hide what humans decided', () => {
    const decided = recordedIn(
      'there',
      { kind: 'waived', task: 'T002', reason: 'r', person: 'p', channel: 'terminal' },
      { kind: 'phase-confirmed', phase: 'Core', person: 'p', channel: 'terminal' },
    )
    expect(judged(decided).kinds).toEqual(['waived', 'phase-confirmed'])
  })

  it('holds the task for everybody here', () => {
    const { elsewhere } = localWork(work('there'), here(' '))
    expect(leasesElsewhere(elsewhere)).toEqual([
      [
        'T001',
        expect.objectContaining({ finishedElsewhere: { branch: '', clone: 'there' }, files: [] }),
      ],
    ])
  })

  it('counts for a task without a mark, because nothing shows whether its code is here', () => {
    const bare = plan(' ')
    for (const task of bare.tasks) task.markers = []
    expect(localWork(work('there'), { ...here(' '), plan: bare }).events).toHaveLength(4)
  })
})
