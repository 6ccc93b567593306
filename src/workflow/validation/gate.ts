import type { RunRecord } from '../../evidence/event-parts.ts'
import { safeProgramText } from '../../runner/safe-text.ts'

export type GateName =
  | 'tests'
  | 'types'
  | 'lint'
  | 'start'
  | 'health'
  | 'endpoints'
  | 'assets'
  | 'flows'
  | 'console'
  | 'gotchas'
  | 'standards'
  | 'files'

/** `not needed` passes, `not checked` does not: a gate passes only if it does not apply or the server saw it pass. */
export type GateVerdict = 'pass' | 'fail' | 'not needed' | 'not checked'

/** One thing that a gate checked. */
export interface GateCheck {
  /** What it is part of, such as a flow. */
  group?: string
  text: string
  passed: boolean
}

export interface Gate {
  name: GateName
  passed: boolean
  verdict: GateVerdict
  /** The result in a phrase. */
  summary: string
  checks: GateCheck[]
  /** What is wrong. */
  findings: string[]
  /** The command that ran to its end for this gate. */
  run?: RunRecord
  /** A command that was started and then stopped, and its output. */
  command?: string[]
  output?: string
}

/** The result of a gate that was checked. It passes if there are no findings. `secrets` are removed from all texts. */
export function gateOf(
  name: GateName,
  summary: string,
  result: {
    checks?: readonly GateCheck[]
    findings: readonly string[]
    secrets?: readonly string[]
  },
): Gate {
  const { checks = [], findings, secrets = [] } = result
  const passed = findings.length === 0
  return {
    name,
    passed,
    verdict: passed ? 'pass' : 'fail',
    summary,
    checks: checks
      .slice(0, MAX_ENTRIES)
      .map(check => ({ ...check, text: oneLine(check.text, secrets) })),
    findings: findings.slice(0, MAX_ENTRIES).map(finding => oneLine(finding, secrets)),
  }
}

/** A gate that does not apply. The reason is recorded, to show that the gate was not forgotten. */
export function notNeeded(name: GateName, reason: string): Gate {
  return { name, passed: true, verdict: 'not needed', summary: reason, checks: [], findings: [] }
}

/** A gate that could not be checked. It does not pass. */
export function notChecked(name: GateName, reason: string): Gate {
  const summary = `not checked: ${reason}`
  return { name, passed: false, verdict: 'not checked', summary, checks: [], findings: [summary] }
}

const MAX_ENTRIES = 50
const MAX_LENGTH = 400

/** What an application prints is data: one line of limited length, without secrets and control characters. */
function oneLine(text: string, secrets: readonly string[] = []): string {
  const line = safeProgramText(text, secrets).replaceAll(/\s{2,}|\n|\t/g, ' ')
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line.trim()
}
