import type { ChangedFile } from '../../mutation/mutants.ts'
import { namedFunctions } from '../../plan/named-functions.ts'
import { indexPlan } from '../../plan/plan-index.ts'
import type { Task } from '../../plan/plan.ts'
import { wordsOf } from '../../plan/task-words.ts'
import type { Context } from '../context/context.ts'
import type { EarlyFunction } from '../response/early-function-notes.ts'
import { readableText } from '../testing/readable-text.ts'
import { changedSources } from './changed-sources.ts'
import { isNamed } from './function-names.ts'
import { provenChange } from './proven-change.ts'

/**
 * Functions that the code of a task has, which only a later task names, and which neither its tests nor other code of it use. No test of the later
 * task could be seen failing without them.
 */
export async function earlyFunctions(context: Context, task: Task): Promise<EarlyFunction[]> {
  const later = laterNames(context, task)
  const change = later.length === 0 ? undefined : provenChange(context, task)
  const sources = change && (await changedSources(context, change))
  if (!sources) return []
  const tests = Object.keys(change.green.files).map(file => readableText(context, file))
  return later
    .filter(({ name }) => !isNamed([wordsOf(task), ...tests], name))
    .flatMap(({ name, id }) => {
      const file = sources.find(source => isAdded(source, name))?.file
      return file === undefined || isUsed(sources, name) ? [] : [{ name, file, task: id }]
    })
}

/** Code that is written too early is mostly that of the next tasks, and a long plan must not make a step slow. */
const MAX_AHEAD = 20

/** What the tasks behind it name that nobody has started, and that tests have to prove. */
function laterNames({ plan, histories }: Context, task: Task): { name: string; id: string }[] {
  const position = indexPlan(plan).tasks.get(task.id)?.position ?? plan.tasks.length
  return plan.tasks
    .slice(position + 1, position + 1 + MAX_AHEAD)
    .filter(one => one.kind === 'build' && histories.get(one.id)?.start === undefined)
    .flatMap(one => [...namedFunctions(one)].map(name => ({ name, id: one.id })))
}

function isAdded({ before = '', after }: ChangedFile, name: string): boolean {
  const definition = definitionOf(name)
  return definition.test(after) && !definition.test(before)
}

/** Is it in the code once more than where it is defined? */
function isUsed(sources: readonly ChangedFile[], name: string): boolean {
  const word = new RegExp(String.raw`(?<![\w$])${escaped(name)}(?![\w$])`, 'g')
  return sources.flatMap(({ after }) => after.match(word) ?? []).length > 1
}

/** `function peek`, `def peek`, `const peek =`, or a method `peek() {` on a line of its own. */
function definitionOf(name: string): RegExp {
  const word = `${escaped(name)}(?![\\w$])`
  return new RegExp(
    String.raw`\b(?:function\*?|def|func|fn|fun)\s+(?:\([^()]{0,80}\)\s*)?(?:self\.)?${word}|\b(?:const|let|var|val)\s+${word}\s*=|^[ \t]*(?:(?:public|private|protected|static|async|get|override)\s+)*\*?${word}\s*\([^()\n]{0,200}\)[^;{}()\n]{0,80}\{`,
    'm',
  )
}

function escaped(name: string): string {
  return name.replaceAll('$', String.raw`\$`)
}
