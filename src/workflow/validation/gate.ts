import type { RunRecord } from '../../evidence/event-parts.ts'
import { printable } from '../context/printable.ts'
import { redact, withoutSecrets } from '../../runner/redact.ts'

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

/** Only what was seen passes, or what does not apply; what could not be looked at does not. */
export type GateVerdict = 'pass' | 'fail' | 'not needed' | 'not checked'

/** Something that a gate looked at. */
export interface GateCheck {
  /** What it is a part of, such as a flow. */
  group?: string
  text: string
  passed: boolean
}

export interface Gate {
  name: GateName
  passed: boolean
  verdict: GateVerdict
  /** What was seen, in a phrase. */
  summary: string
  checks: GateCheck[]
  findings: string[]
  /** What ran for it, to its end. */
  run?: RunRecord
  /** What was started, and what it printed, where it was not left to end by itself. */
  command?: string[]
  output?: string
}

/** A gate that was gone through: it passes when nothing was found. */
export function gateOf(
  name: GateName,
  summary: string,
  seen: { checks?: readonly GateCheck[]; findings: readonly string[]; secrets?: readonly string[] },
): Gate {
  const { checks = [], findings, secrets = [] } = seen
  const passed = findings.length === 0
  return {
    name,
    passed,
    verdict: passed ? 'pass' : 'fail',
    summary,
    checks: checks.slice(0, MOST).map(check => ({ ...check, text: plain(check.text, secrets) })),
    findings: findings.slice(0, MOST).map(finding => plain(finding, secrets)),
  }
}

/** A gate that does not apply; `why` is kept, so that the point is confirmed and not forgotten. */
export function notNeeded(name: GateName, why: string): Gate {
  return { name, passed: true, verdict: 'not needed', summary: why, checks: [], findings: [] }
}

/** A gate that could not be looked at. It does not pass. */
export function notChecked(name: GateName, why: string): Gate {
  const summary = `not checked: ${why}`
  return { name, passed: false, verdict: 'not checked', summary, checks: [], findings: [summary] }
}

const MOST = 50
const LONGEST = 400

/** What an application says is data: one line, without secrets and control characters, cut at its end. */
function plain(text: string, secrets: readonly string[] = []): string {
  const line = printable(redact(withoutSecrets(text, secrets))).replaceAll(/\s{2,}|\n/g, ' ')
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line.trim()
}
