import type { NamedFunction } from '../../evidence/mutation-verdict.ts'
import { namedFunctions } from '../../plan/named-functions.ts'
import type { Mutant } from '../../mutation/mutant.ts'
import { mutantsOf, type ChangedFile, type FileMutants } from '../../mutation/mutants.ts'
import type { Together } from '../../mutation/together.ts'
import type { Context } from '../context/context.ts'
import { readableText } from '../testing/readable-text.ts'
import { CallChains } from './call-chains.ts'
import { isNamed, shortName } from './function-names.ts'
import type { ProvenChange } from './proven-change.ts'

/** The code that a task wrote, and how it can be changed. */
export interface ChangedCode {
  mutants: Mutant[]
  /** Text of the changed files by path. */
  texts: ReadonlyMap<string, string>
  /** Functions that do nothing and that the tests name. */
  empty: string[]
  /** Functions that do nothing or only fail. */
  stubs: string[]
  /** Did this function not exist before the task, or do nothing? */
  isNew: (name: string) => boolean
  /** For each file with several functions: all of them replaced at once. */
  together: Together[]
  /** Functions that the words of the task name. */
  about: NamedFunction[]
}

/** The code that a task wrote, or a clause that says why it cannot be changed. */
export async function changedCode(
  context: Context,
  change: ProvenChange,
  sources: readonly ChangedFile[] | undefined,
): Promise<ChangedCode | string> {
  if (!sources) return NO_SNAPSHOT
  const tests = Object.keys(change.green.files).map(file => readableText(context, file))
  const code = await changesOf(sources, tests, namedFunctions(change.task))
  if (typeof code === 'string') return code
  const mutants = code.mutants.filter(one => isOutsideTests(change, one, sources))
  return mutants.length + code.empty.length > 0 ? { ...code, mutants } : NONE['no code']
}

/** How these sources can be changed: what the task names first, and then what the tests name. */
export async function changesOf(
  sources: readonly ChangedFile[],
  tests: readonly string[],
  named: ReadonlySet<string> = new Set(),
): Promise<ChangedCode | string> {
  const found = await Promise.all(
    sources.map(source => mutantsOf(source, name => isNamed(tests, name))),
  )
  const some = found.flatMap(file => ('none' in file ? [] : file))
  const mutants = some
    .flatMap(file => file.mutants)
    .toSorted((one, other) => rankOf(one, tests, named) - rankOf(other, tests, named))
  const empty = some.flatMap(file => file.empty).filter(name => isNamed(tests, name))
  if (mutants.length === 0 && empty.length === 0) return reasonOf(found)
  const earlier = new Set(found.flatMap(file => ('none' in file ? [] : file.earlier)))
  return {
    mutants,
    texts: new Map(sources.map(({ file, after }) => [file, after])),
    empty,
    stubs: some.flatMap(file => file.stubs),
    isNew: name => !earlier.has(name),
    together: some.flatMap(file => file.together ?? []),
    about: namedAmong(
      some.flatMap(file => [...file.functions]),
      named,
    ),
  }
}

/** The functions that the task names, and which others they use or are used by. */
function namedAmong(
  functions: readonly (readonly [name: string, text: string])[],
  named: ReadonlySet<string>,
): NamedFunction[] {
  const chains = new CallChains(functions)
  return functions
    .filter(([name]) => named.has(shortName(name)))
    .map(([name]) => ({ name, isConnectedTo: other => chains.connects(name, other) }))
}

export const NO_SNAPSHOT = 'git has no snapshot of the sources'

const NONE = {
  unsupported: 'the language of the code is not supported',
  unparsable: 'the code could not be parsed',
  generated: 'a comment or .gitattributes says that a program writes the code',
  'no code': 'the task changed no code that a test could notice',
}

/** Whole functions first, those that the task or the tests name before others. */
function rankOf(mutant: Mutant, tests: readonly string[], named: ReadonlySet<string>): number {
  const { function: name = '' } = mutant
  if (mutant.scope === 'function' && named.has(shortName(name))) return -1
  const isCalled = mutant.function !== undefined && isNamed(tests, mutant.function)
  return (mutant.counts ? 0 : 4) + (mutant.scope === 'function' ? 0 : 2) + (isCalled ? 0 : 1)
}

function reasonOf(found: readonly FileMutants[]): string {
  const reasons = found.flatMap(file => ('none' in file ? file.none : []))
  return NONE[reasons.find(reason => reason !== 'no code') ?? 'no code']
}

/** Of a file that mixes code and tests, only the code is changed. */
function isOutsideTests(
  { testRunner }: ProvenChange,
  { file, text }: Mutant,
  sources: readonly ChangedFile[],
): boolean {
  const { inline } = testRunner.framework
  if (!inline?.holds(file)) return true
  const source = sources.find(source => source.file === file)
  return inline.testsIn(text) === inline.testsIn(source?.after ?? '')
}
