import path from 'node:path'
import { scriptOf, type Manifest } from '../manifest.ts'
import { afterStarter, findRunner } from './runner-use.ts'
import type { RunnerUse } from './runner-options.ts'
import { commandsOf } from './script-line.ts'
import { CHECKERS } from './programs.ts'
import { scriptCall, type ScriptCall, type WorkspaceCall } from './script-call.ts'

/** What the test script of a package runs: the definition of its full suite. */
export interface TestScript {
  /** Text of the script. */
  text: string
  /** Test runners, in order. */
  uses: RunnerUse[]
  /** Scripts of the packages of the workspace. */
  packages: WorkspaceCall[]
  /** Parts that could not be read and may run tests. */
  unread: string[]
  /** Names of the scripts that call test runners, for `package.json#scripts.NAME`. */
  names: string[]
}

/** Reads the script `test` of a package, or another one; `undefined` if there is none. */
export function readTestScript(
  manifest: Manifest | undefined,
  name = 'test',
): TestScript | undefined {
  const text = scriptOf({ manifest }, name)
  if (text === undefined || STUB.test(text)) return undefined
  const script: TestScript = { text, uses: [], packages: [], unread: [], names: [] }
  const steps = stepsOf(manifest, name, { above: [], budget: { left: MAX_SCRIPTS } })
  const before: string[] = []
  for (const step of steps) {
    if (step.name !== undefined && step.text === undefined) script.names.push(step.name)
    if (step.packages) script.packages.push(step.packages)
    else if (step.use) {
      script.uses.push({ ...step.use, before: [...before] })
    } else if (step.text !== undefined) before.push(step.text)
  }
  const isRead = script.uses.length + script.packages.length > 0
  const last = steps.findLastIndex(step => step.use ?? step.packages)
  script.unread = steps
    .slice(last + 1)
    .flatMap(({ text }) => (text !== undefined && (!isRead || MAY_TEST.test(text)) ? [text] : []))
  return script
}

/** The script of `npm init`. */
const STUB = /no test specified/
const MAY_TEST = /\btests?\b|\bspecs?\b|\be2e\b|\bcheck\b|\bmake\b|\bcover/i

/** A command of a script: a test runner, scripts of other packages, or something else (`text`). */
interface Step {
  /** The script that it is from. */
  name?: string
  use?: RunnerUse
  packages?: WorkspaceCall
  text?: string
}

/** Where in the scripts the reader is. */
interface Position {
  /** The scripts that called this one. */
  above: readonly string[]
  /** Scripts that may still be read, so that scripts which call each other cost little time. */
  budget: { left: number }
}

const MAX_SCRIPTS = 200

function stepsOf(
  manifest: Manifest | undefined,
  name: string,
  { above, budget }: Position,
  more: readonly string[] = [],
): Step[] {
  const scripts = [`pre${name}`, name, `post${name}`]
  return scripts.flatMap(script => {
    const text = scriptOf({ manifest }, script)
    if (text === undefined || above.includes(script)) return []
    if (budget.left === 0) return [{ text: `npm run ${script}` }]
    budget.left -= 1
    const position = { above: [...above, script], budget }
    return [{ name: script }, ...stepsIn(manifest, text, position, script === name ? more : [])]
  })
}

function stepsIn(
  manifest: Manifest | undefined,
  text: string,
  position: Position,
  more: readonly string[],
): Step[] {
  const commands = commandsOf(text)
  let folder: string | undefined
  return commands.flatMap((command, at): Step[] => {
    if (!('argv' in command)) return [{ text: command.text }]
    if (command.argv[0] === 'cd') {
      folder = path.posix.join(folder ?? '.', command.argv[1] ?? '.')
      return []
    }
    if (folder !== undefined && folder !== '.') return stepsInFolder(folder, command)
    const extra = at === commands.length - 1 ? more : []
    const argv = [...command.argv, ...extra]
    const call = scriptCall(afterStarter(argv) ?? argv, manifest)
    if (call) return calledSteps(manifest, call, command.env, position)
    const use = findRunner(argv, command.env)
    if (use) return [{ use }]
    return isCheck(command.argv) ? [] : [{ text: command.text }]
  })
}

/** After `cd folder`, a script of that package is read, and nothing else. */
function stepsInFolder(folder: string, { argv, text }: { argv: string[]; text: string }): Step[] {
  const call = scriptCall([argv[0] ?? '', '--filter', folder, ...argv.slice(1)], undefined)
  return call && 'packages' in call
    ? call.packages.map(packages => ({ packages }))
    : [{ text: `cd ${folder} && ${text}` }]
}

function calledSteps(
  manifest: Manifest | undefined,
  call: ScriptCall,
  env: Record<string, string>,
  position: Position,
): Step[] {
  if ('packages' in call) return call.packages.map(packages => ({ packages }))
  return call.names.flatMap(name => {
    const steps = stepsOf(manifest, name, position, call.args)
    const isTested = steps.some(step => step.use ?? step.packages)
    // A script without tests is run as a whole, as the project would run it.
    if (!isTested) {
      const isOnlyChecks = steps.every(({ text }) => text === undefined)
      return isOnlyChecks ? steps : [{ name, text: call.textFor(name) }]
    }
    return steps.map(step =>
      step.use ? { ...step, use: { ...step.use, env: { ...env, ...step.use.env } } } : step,
    )
  })
}

function isCheck(argv: readonly string[]): boolean {
  const words = argv.filter(word => !/^(?:npx|pnpm|yarn|exec|bunx|run)$/.test(word))
  return CHECKERS.test(words[0] ?? '') || (words[0] === 'tsc' && words.includes('--noEmit'))
}
