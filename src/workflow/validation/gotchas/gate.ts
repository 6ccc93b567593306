import { countOf } from '../../../plan/format-list.ts'
import { gotchaName, type Gotcha } from '../../../plan/gotcha.ts'
import type { Tree } from '../../../store/tree.ts'
import type { Context } from '../../context/context.ts'
import { gateOf, notNeeded, type GateCheck, type Gate } from '../gate.ts'
import { scanGotchas, type GotchaMatch } from './scan.ts'

/** Searches the code for the known gotchas of the project's stack. */
export function gotchasGate(context: Context, tree: Tree): Gate {
  const { file, known, inStack } = scanGotchas(context, tree)
  if (known === undefined) return notNeeded('gotchas', `there is no ${file}`)
  if (known === 0) return notNeeded('gotchas', `${file} has no gotcha`)
  const findings = inStack.flatMap(({ gotcha, matches = [] }) =>
    matches.filter(isOpen).map(match => `${at(match)} ${describe(gotcha)} ✅ ${fixOf(gotcha)}`),
  )
  const checks = inStack.flatMap(({ gotcha, matches }) => checksOf(gotcha, matches))
  const waived = inStack.flatMap(({ matches = [] }) => matches.filter(isWaived)).length
  const more = waived > 0 ? `, ${waived} waived` : ''
  const summary = `${inStack.length} of ${known} known gotchas apply to this stack: ${countOf(findings.length, 'place')} to fix${more}`
  return gateOf('gotchas', summary, { checks, findings })
}

/** The code matches the gotcha there, and nobody has waived the match. */
export function isOpen({ works, waived }: GotchaMatch): boolean {
  return !works && waived === undefined
}

function isWaived({ works, waived }: GotchaMatch): boolean {
  return !works && waived !== undefined
}

export function at({ path, line }: GotchaMatch): string {
  return `${path}:${line}`
}

/** The name of a gotcha and what happens. */
export function describe(gotcha: Gotcha): string {
  return `${gotchaName(gotcha)}: ${gotcha.text.split('\n')[0]}`
}

function checksOf(gotcha: Gotcha, matches: readonly GotchaMatch[] | undefined): GateCheck[] {
  const name = gotchaName(gotcha)
  const { path, line } = gotcha.location
  if (matches === undefined) {
    const text = `${name}: has no code to search for; read ${path}:${line}`
    return [{ text, passed: true }]
  }
  if (matches.length === 0) return [{ text: `${name}: not in the code`, passed: true }]
  const inOrder = [
    ...matches.filter(({ works }) => works),
    ...matches.filter(({ works }) => !works),
  ]
  return inOrder.map(match => ({ text: `${name}: ${stateOf(match)}`, passed: !isOpen(match) }))
}

function stateOf(match: GotchaMatch): string {
  if (match.works) return `works at ${at(match)}`
  return match.waived === undefined
    ? `fails at ${at(match)}`
    : `waived at ${at(match)} (${match.waived})`
}

/** How to avoid the gotcha, in the author's words and code. */
export function fixOf({ fix, good }: Gotcha): string {
  const code = good
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .join(' ')
  return [fix, code]
    .filter(text => text !== '')
    .join(' ')
    .slice(0, 200)
}
