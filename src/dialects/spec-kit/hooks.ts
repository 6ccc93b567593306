import type { Problem } from '../../plan/plan.ts'
import { Unreadable, type WorkspaceReader } from '../dialect.ts'
import { parseHooks, type Hook } from './parse-hooks.ts'

/** The hooks of spec-kit's extensions before and after implementing, as sentences for the assistant. The server never runs them. */
export function hooksOf(reader: WorkspaceReader): { before: string[]; after: string[] } {
  const source = sourceOf(reader)
  if (typeof source !== 'string') return { before: [], after: [] }
  const { hooks } = parseHooks(source)
  return {
    before: sentences(hooks.before_implement, 'before the first task'),
    after: sentences(hooks.after_implement, 'after implementing'),
  }
}

/** Problems that prevent hooks from being read. They block no task. */
export function hookProblems(reader: WorkspaceReader): Problem[] {
  const source = sourceOf(reader)
  if (source === undefined) return []
  if (typeof source !== 'string') return [source]
  return parseHooks(source).faults.map(({ line, text }) => ({ path: FILE, line, text }))
}

function sourceOf(reader: WorkspaceReader): string | Problem | undefined {
  try {
    return reader.read(FILE)
  } catch (error) {
    if (error instanceof Unreadable) {
      const text = `${error.message} Its hooks are ignored.`
      return { path: FILE, line: error.line, text }
    }
    throw error
  }
}

function sentences(hooks: readonly Hook[], when: string): string[] {
  return hooks.map(({ extension, command, optional, conditional, prompt }) => {
    const hook = `hook of ${extension}, ${when}`
    // Only spec-kit itself can evaluate the condition.
    if (conditional) return `Skipped ${hook}, because it has a condition: ${command}.`
    if (!optional) return `Mandatory ${hook}: run ${command} and wait until it has finished.`
    const question = prompt === '' ? 'whether to run it' : JSON.stringify(prompt)
    return `Optional ${hook}: ask the user ${question}; if the answer is yes, run ${command}.`
  })
}

const FILE = '.specify/extensions.yml'
