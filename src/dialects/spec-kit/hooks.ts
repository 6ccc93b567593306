import type { Problem } from '../../plan/plan.ts'
import { Unreadable, type WorkspaceReader } from '../dialect.ts'
import { parseHooks, type Hook } from './parse-hooks.ts'

/** Hooks that spec-kit's extensions have registered around implementing, as sentences for the assistant. They are never run here. */
export function hooksOf(reader: WorkspaceReader): { before: string[]; after: string[] } {
  const source = sourceOf(reader)
  if (typeof source !== 'string') return { before: [], after: [] }
  const { hooks } = parseHooks(source)
  return {
    before: sentences(hooks.before_implement, 'before the first task'),
    after: sentences(hooks.after_implement, 'after implementing'),
  }
}

/** What keeps hooks from being read, with the place to mend it. It stops no task. */
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
      const text = `${error.message} No hook of it is told.`
      return { path: FILE, line: error.line, text }
    }
    throw error
  }
}

function sentences(hooks: readonly Hook[], when: string): string[] {
  return hooks.map(({ extension, command, optional, conditional, prompt }) => {
    const hook = `hook of ${extension}, ${when}`
    // Whether a condition holds is for spec-kit's own machinery: nothing of it is worked out here.
    if (conditional) return `A ${hook}, has a condition and was left out: ${command}`
    if (!optional) return `Mandatory ${hook}: execute ${command} and wait until it is over.`
    const question = prompt === '' ? 'whether to execute it' : JSON.stringify(prompt)
    return `Optional ${hook}: ask the person ${question}, then execute ${command}.`
  })
}

const FILE = '.specify/extensions.yml'
