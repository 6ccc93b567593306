import { changedLines } from './changed-lines.ts'
import { earlierFile, isStub, restoringMutants } from './earlier-functions.ts'
import { grammarOf } from './grammars/index.ts'
import { functionMutants } from './function-mutants.ts'
import { lineMutants } from './line-mutants.ts'
import type { Mutant } from './mutant.ts'
import { changedCode, type ChangedCode } from './changed-code.ts'
import { isGenerated } from './generated.ts'
import { readSyntax } from './syntax.ts'
import { togetherMutants, type Together } from './together.ts'

/** A file of a task: what it was before, if it existed, and what it is now. */
export interface ChangedFile {
  file: string
  before: string | undefined
  after: string
  /** The earlier version is only what tests of existing code failed on, so it says nothing about the code. */
  isCovered?: boolean
  /** `.gitattributes` marks it as generated: since before the task, or only now. */
  marked?: 'before' | 'now' | undefined
}

/** What can be tried with a file. */
export type FileMutants =
  | {
      mutants: Mutant[]
      /** New or changed functions that do nothing, so that there is nothing to replace. */
      empty: string[]
      /** The functions that did something before the task. */
      earlier: string[]
      /** New or changed functions that do nothing or only fail. */
      stubs: string[]
      /** The text of each new or changed function that has a name. */
      functions: ReadonlyMap<string, string>
      /** Those that replace all bodies at once; none for few functions. */
      together: Together | undefined
    }
  | { none: 'unsupported' | 'unparsable' | 'generated' | 'no code' }

const MAX_MUTANTS = 200

/**
 * Mutants of the code that was added or changed in a file, cheapest and most useful first. Functions that the tests mention
 * come before others.
 */
export async function mutantsOf(
  { file, before, after, isCovered = false, marked }: ChangedFile,
  mentioned: (name: string) => boolean,
): Promise<FileMutants> {
  const grammar = grammarOf(file)
  if (!grammar) return { none: 'unsupported' }
  const changed = changedLines(before, after)
  const earlier = await earlierFile(isCovered ? undefined : before, grammar)
  const found = await readSyntax<FileMutants>(grammar.name, after, root => {
    if (isGenerated(root, after, { before: earlier.isGenerated, marked }))
      return { none: 'generated' }
    const code = changedCode(root, grammar, changed)
    const source = { file, text: after, grammar }
    const functions = functionMutants(source, code, mentioned)
    const bodies = functions.mutants.slice(0, MAX_MUTANTS)
    const most = MAX_MUTANTS - bodies.length
    const restored = restoringMutants(source, code.functions, earlier.functions)
    const mutants = [...bodies, ...lineMutants(source, code, mentioned, most), ...restored]
    if (mutants.length > 0 || functions.empty.length > 0) {
      const isNew = (name: string) => !earlier.functions.has(name)
      const together = togetherMutants(source, code.functions, isNew)
      return {
        mutants,
        empty: functions.empty,
        earlier: [...earlier.functions.keys()],
        stubs: code.functions.filter(isStub).flatMap(({ shape: { name } }) => name ?? []),
        functions: bodiesOf(code),
        together,
      }
    }
    return { none: root.hasError ? 'unparsable' : 'no code' }
  })
  return found ?? { none: 'unparsable' }
}

function bodiesOf({ functions }: ChangedCode): Map<string, string> {
  return new Map(
    functions.flatMap(({ shape: { name }, body }) => (name === undefined ? [] : [[name, body]])),
  )
}
