import { gotchaName, type Gotcha } from '../../../plan/gotcha.ts'
import type { Tree } from '../../../store/tree.ts'
import type { Context } from '../../context/context.ts'
import { gateOf, notNeeded, type GateCheck, type Gate } from '../gate.ts'
import { scanGotchas, type GotchaMatch } from './scan.ts'

/** The known traps of what the project is built with are looked for in its code. */
export function gotchasGate(context: Context, tree: Tree): Gate {
  const { file, known, files } = scanGotchas(context, tree)
  if (known === undefined) return notNeeded('gotchas', `there is no ${file}`)
  if (known === 0) return notNeeded('gotchas', `${file} names none`)
  const open = files.map(({ gotcha, places = [] }) => ({ gotcha, places: places.filter(isOpen) }))
  const findings = open.flatMap(({ gotcha, places }) =>
    places.map(place => `${at(place)} ${textOf(gotcha)} ✅ ${cureOf(gotcha)}`),
  )
  const checks = files.flatMap(({ gotcha, places }) => checksOf(gotcha, places))
  const waived = files.flatMap(({ places = [] }) => places.filter(isWaived)).length
  const more = waived > 0 ? `, ${waived} waived` : ''
  const summary = `${files.length} of ${known} known traps concern this stack, ${findings.length} places fall into one${more}`
  return gateOf('gotchas', summary, { checks, findings })
}

/** Does the code fall into the trap there, and nobody has waived it? */
export function isOpen({ works, waived }: GotchaMatch): boolean {
  return !works && waived === undefined
}

function isWaived({ works, waived }: GotchaMatch): boolean {
  return !works && waived !== undefined
}

export function at({ path, line }: GotchaMatch): string {
  return `${path}:${line}`
}

/** The trap by its name and what happens. */
function textOf(gotcha: Gotcha): string {
  return `${gotchaName(gotcha)}: ${gotcha.text.split('\n')[0]}`
}

function checksOf(gotcha: Gotcha, places: readonly GotchaMatch[] | undefined): GateCheck[] {
  const name = gotchaName(gotcha)
  const { path, line } = gotcha.location
  if (places === undefined) {
    const text = `${name}: shows no code to search for; to be read at ${path}:${line}`
    return [{ text, passed: true }]
  }
  if (places.length === 0) return [{ text: `${name}: not in the code`, passed: true }]
  const told = places.map(place => ({ text: `${name}: ${howAt(place)}`, passed: !isOpen(place) }))
  return [
    ...told.filter((_, at) => places[at]?.works),
    ...told.filter((_, at) => !places[at]?.works),
  ]
}

function howAt(place: GotchaMatch): string {
  if (place.works) return `works at ${at(place)}`
  return place.waived === undefined
    ? `fails at ${at(place)}`
    : `waived at ${at(place)} (${place.waived})`
}

/** The way that works, in the author's words or code. */
export function cureOf({ fix, good }: Gotcha): string {
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
