import type { EvidenceStep } from '../wire.ts'
import { duration } from './parts.tsx'

const PROOF: Readonly<Record<string, readonly string[]>> = {
  build: ['red', 'green', 'mutation', 'suite', 'done'],
  test: ['red', 'done'],
  cover: ['green', 'suite', 'done'],
  refactor: ['before', 'green', 'done'],
  check: ['green', 'done'],
  person: ['done'],
}

const SHORT: Readonly<Record<string, string>> = {
  red: 'RED',
  green: 'GREEN',
  before: 'BEFORE',
  mutation: 'MUTANTS',
  suite: 'SUITE',
  done: 'MARK',
}

/** The way of the task at a glance: what is proven, and what is missing. */
export function ProofLine({ steps, kind }: { steps: readonly EvidenceStep[]; kind: string }) {
  const latestStart = steps.findLastIndex(step => step.kind === 'start' || step.kind === 'reopened')
  const current = steps.slice(Math.max(latestStart, 0))
  const shown = (PROOF[kind] ?? ['done']).filter(
    name => name !== 'mutation' || current.some(step => step.kind === name),
  )
  return (
    <ol class="line-of-proof" aria-label="Evidence">
      {shown.map(name => {
        const step = current.findLast(one => one.kind === name)
        return (
          <li key={name} class={step ? `has ${name}` : 'missing'}>
            <span class="sign" aria-hidden="true">
              {step ? (name === 'red' ? '✕' : '✓') : '○'}
            </span>
            <strong>{SHORT[name] ?? name}</strong>
            <span class="dim">{step ? shortFact(step) : 'not yet'}</span>
          </li>
        )
      })}
    </ol>
  )
}

function shortFact({ kind, run, share, tests, summary }: EvidenceStep): string {
  if (share) return `${share.noticed} of ${share.tried} noticed`
  const time = run ? ` · ${duration(run.durationMs)}` : ''
  if (tests.length > 0) {
    const wanted = kind === 'red' ? 'failed' : 'passed'
    return `${tests.filter(({ outcome }) => outcome === wanted).length} ${wanted}${time}`
  }
  const [short = ''] = kind === 'done' ? summary.split(',') : [summary.replace(', 0 failed', '')]
  return `${short}${time}`
}
