import path from 'node:path'
import { SETTINGS_FILE } from '../plan/settings-file.ts'
import { globPattern, isGlob } from '../runner/glob.ts'
import type { FeatureHookState, HookState, OpenTask } from '../store/hook-state-file.ts'
import type { FileEdit } from './edits.ts'
import type { HookCall } from './payload.ts'
import { humanCommandIn, inPlaceEdits, writtenBy } from './shell.ts'
import { marksDone } from './ticks.ts'

/** The answer of the hook; `undefined` leaves the client's behaviour unchanged. */
export type Decision = { say: 'deny' | 'inform' | 'continue' | 'context'; text: string } | undefined

/** What the decision needs to know from the disk. */
export interface Facts {
  root: string
  now: HookState
  read: (file: string) => string | undefined
  /** Does the holder of this task still exist? */
  isLive: (task: OpenTask) => boolean
  /** Runs that are in progress. */
  isRunning: () => boolean
  /** How often this head has been answered with `continue`, including this time. */
  countStop: (head: string) => number
}

/** Decides by the state of the work alone, never by the content of code. */
export function decide(call: HookCall, facts: Facts): Decision {
  if (call.event === 'stop') return decideStop(call, facts)
  if (call.event === 'start') return decideStart(facts)
  const denied = [
    ...call.edits.map(edit => decideEdit(edit, call, facts)),
    decideCommand(call, facts),
  ]
  return (
    denied.find(decision => decision?.say === 'deny') ??
    denied.find(decision => decision !== undefined)
  )
}

function decideEdit(edit: FileEdit, { cwd }: HookCall, facts: Facts): Decision {
  const file = relative(facts.root, cwd, edit.path)
  const guarded = denyGuardedFile(file, facts)
  if (guarded) return guarded
  const { marks, frozen } = joined(facts.now)
  const lines = marks.filter(mark => mark.file === file).flatMap(mark => mark.lines)
  if (lines.length > 0 && editMarksDone(edit, file, lines, facts)) {
    return deny(`${file}: only the server ticks a task, after it has run the tests. ${TICK}`)
  }
  const hold = frozen.find(one => one.file === file)
  if (!hold) return undefined
  const text = `${file} is frozen since ${hold.task} went red. If it changes, record_green is refused until the changed test has failed on the earlier source too: call record_red again after the change.`
  return { say: facts.now.denyFrozen ? 'deny' : 'inform', text }
}

const TICK = 'Call mark_complete for the task instead.'

function denyGuardedFile(file: string, { now, isLive }: Facts): Decision {
  if (matchesFile(file, '.redgreen') || file.startsWith('.redgreen/')) {
    return deny(`${file}: the files in .redgreen are written by the server only.`)
  }
  const open = openTasks(now).find(isLive)
  if (!matchesFile(file, SETTINGS_FILE) || !open) return undefined
  return deny(
    `${SETTINGS_FILE} cannot change while ${open.task} is open. Finish the task first, or ask a human to change it and to run \`redgreen approve\`.`,
  )
}

/** Whether a word of a command is the file's name or a pattern that matches it. A pattern matches a hidden file only if it begins with a dot. */
function matchesFile(word: string, file: string): boolean {
  if (!isGlob(word) || (file.startsWith('.') && !word.startsWith('.'))) return word === file
  return globPattern(word).test(file)
}

function editMarksDone(edit: FileEdit, file: string, lines: string[], facts: Facts): boolean {
  const current = facts.read(path.join(facts.root, file)) ?? ''
  if (edit.content !== undefined) return marksDone(current, edit.content, lines)
  const { from = '', to = '' } = edit
  if (from !== '' && current.includes(from))
    return marksDone(
      current,
      current.replaceAll(from, () => to),
      lines,
    )
  return marksDone(from, to, lines)
}

function decideCommand({ command, cwd }: HookCall, facts: Facts): Decision {
  if (command === undefined) return undefined
  const human = humanCommandIn(command)
  if (human !== undefined) {
    return deny(
      `redgreen ${human} is a decision of a human. Ask the human to run it in a terminal.`,
    )
  }
  const written = writtenBy(command).map(file => relative(facts.root, cwd, file))
  const guarded = written.map(file => denyGuardedFile(file, facts)).find(Boolean)
  if (guarded) return guarded
  const plans = new Set(joined(facts.now).marks.map(({ file }) => file))
  const ticks = inPlaceEdits(command).some(
    ({ script, files }) =>
      /\[[xX]\]/.test(script) &&
      files
        .map(file => relative(facts.root, cwd, file))
        .some(word => [...plans].some(plan => matchesFile(word, plan))),
  )
  return ticks
    ? deny(`Only the server ticks a task, after it has run the tests. ${TICK}`)
    : undefined
}

/** The hook stops the assistant from ending its turn at most this often for the same state of the ledger. */
const MAX_STOPS = 2

function decideStop({ goesOn }: HookCall, facts: Facts): Decision {
  const features = Object.values(facts.now.features)
  const busy = features.find(({ open }) => open.some(one => isUnfinished(one) && facts.isLive(one)))
  if (!busy || features.some(({ waits }) => waits) || facts.isRunning()) return undefined
  const live = features.flatMap(({ open }) => open.filter(isUnfinished)).filter(facts.isLive)
  // With several holders, it is unknown whose turn ends.
  if (
    new Set(live.map(({ pid, holder }) => `${pid} ${holder}`)).size !== 1 ||
    live.some(({ failed }) => failed)
  )
    return undefined
  const [task] = live
  const count = facts.countStop(busy.head)
  if (!task || count > MAX_STOPS || (goesOn && count > 1)) return undefined
  const text = `${task.task} is ${task.stage}. ${task.next} If it cannot be finished, call report_failure with the reason.`
  return { say: 'continue', text }
}

function isUnfinished({ stage }: OpenTask): boolean {
  return stage === 'red' || stage === 'green'
}

function decideStart({ now }: Facts): Decision {
  const [open] = openTasks(now)
  const next = Object.values(now.features).find(feature => feature.next !== null)?.next
  if (open) {
    return {
      say: 'context',
      text: shortened(`redgreen: ${open.task} is ${open.stage}. ${open.next}`),
    }
  }
  return next
    ? { say: 'context', text: shortened(`redgreen: no task is open. ${next}`) }
    : undefined
}

/** About 120 tokens. */
function shortened(text: string): string {
  return text.length <= 400 ? text : `${text.slice(0, 399)}…`
}

function deny(text: string): Decision {
  return { say: 'deny', text: `${text} Nothing was changed.` }
}

function openTasks(now: HookState): OpenTask[] {
  return Object.values(now.features).flatMap(({ open }) => open)
}

function joined(now: HookState): Pick<FeatureHookState, 'marks' | 'frozen'> {
  const features = Object.values(now.features)
  return {
    marks: features.flatMap(({ marks }) => marks),
    frozen: features.flatMap(({ frozen }) => frozen),
  }
}

/** A path relative to the workspace, with `/`; the letters' case counts only where file systems distinguish it. */
function relative(root: string, cwd: string, file: string): string {
  const found = path.relative(root, path.resolve(cwd, file)).split(path.sep).join('/')
  const folds = process.platform === 'darwin' || process.platform === 'win32'
  return folds && /^\.redgreen(\/|$)|^redgreen\.config\.json$/i.test(found)
    ? found.toLowerCase()
    : found
}
