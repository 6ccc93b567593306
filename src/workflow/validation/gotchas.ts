import { gotchasOf } from '../../dialects/gotchas.ts'
import { searchFor, type GotchaHit, type Source } from '../../evidence/gotcha-search.ts'
import { isDocument } from '../../plan/file-role.ts'
import { nameOf, type Gotcha } from '../../plan/gotcha.ts'
import { isTestFile } from '../../plan/test-file.ts'
import { readSources } from '../../store/sources.ts'
import type { Tree } from '../../store/tree.ts'
import type { Desk } from '../desk.ts'
import { gateOf, notNeeded, type Check, type Gate } from './gate.ts'
import { isOfStack, stackOf } from './stack.ts'

const USUAL = 'agents/framework-gotchas.md'

/** The known traps of what the project is built with are looked for in its code. */
export function gotchasGate(desk: Desk, tree: Tree): Gate {
  const file = desk.settings.validation?.gotchas ?? USUAL
  const production = desk.dialect.production?.(desk.shelf, desk.plan)
  const text = desk.shelf.read(file)
  const known = [...gotchasOf(text ?? '', file), ...(production?.gotchas ?? [])]
  if (known.length === 0)
    return notNeeded('gotchas', text === undefined ? `there is no ${file}` : `${file} names none`)
  const sources = sourcesOf(desk, tree, file)
  const stack = stackOf(production?.stack ?? [], sources, name => desk.shelf.read(name))
  const own = known.filter(gotcha => isOfStack(gotcha, stack))
  const looked = own.map(gotcha => look(desk, gotcha, sources))
  const findings = looked.flatMap(({ findings }) => findings)
  const summary = `${own.length} of ${known.length} known traps concern this stack, ${findings.length} places fall into one`
  return gateOf('gotchas', summary, { checks: looked.flatMap(({ checks }) => checks), findings })
}

/** What runs in production: no tests, no prose, not the file of traps itself. */
function sourcesOf({ workspace }: Desk, tree: Tree, file: string): Source[] {
  const paths = Object.keys(tree.files).filter(
    path =>
      path !== file && !isTestFile(path) && !isDocument(path) && !/\.(json|lock|svg)$/.test(path),
  )
  return readSources(workspace, paths)
}

interface Looked {
  checks: Check[]
  findings: string[]
}

function look(desk: Desk, gotcha: Gotcha, sources: readonly Source[]): Looked {
  const name = nameOf(gotcha)
  const hits = searchFor(gotcha, sources)
  if (hits === undefined) {
    const { path, line } = gotcha.location
    const text = `${name}: shows no code to search for; to be read at ${path}:${line}`
    return { checks: [{ text, passed: true }], findings: [] }
  }
  const failing = hits.filter(hit => !hit.works)
  const waived = failing.map(hit => [hit, waiverOf(desk, gotcha, hit)] as const)
  const open = waived.flatMap(([hit, reason]) => (reason === undefined ? [hit] : []))
  const checks = [
    ...hits
      .filter(hit => hit.works)
      .map(hit => ({ text: `${name}: works at ${at(hit)}`, passed: true })),
    ...waived.flatMap(([hit, reason]) =>
      reason === undefined
        ? [{ text: `${name}: fails at ${at(hit)}`, passed: false }]
        : [{ text: `${name}: waived at ${at(hit)} (${reason})`, passed: true }],
    ),
  ]
  const none = [{ text: `${name}: not in the code`, passed: true }]
  return {
    checks: checks.length > 0 ? checks : none,
    findings: open.map(hit => `${at(hit)} ${gotcha.text.split('\n')[0]} ✅ ${cureOf(gotcha)}`),
  }
}

function at({ path, line }: GotchaHit): string {
  return `${path}:${line}`
}

/** The way that works, in the author's words or code. */
function cureOf({ fix, good }: Gotcha): string {
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

function waiverOf({ settings }: Desk, gotcha: Gotcha, { path }: GotchaHit): string | undefined {
  const waivers = settings.validation?.waivedGotchas ?? []
  return waivers.find(
    ({ gotcha: named, file = path }) =>
      file === path && [gotcha.topic, nameOf(gotcha)].includes(named),
  )?.reason
}
