import { changedCode, type ChangedFunction } from './changed-code.ts'
import { changedLines } from './changed-lines.ts'
import { edited } from './edited.ts'
import type { Source } from './function-mutants.ts'
import { saysGenerated } from './generated.ts'
import type { Grammar } from './grammar.ts'
import type { Mutant } from './mutant.ts'
import { readSyntax } from './syntax.ts'

/** The functions from before the task, by their names. */
type EarlierFunctions = ReadonlyMap<string, EarlierFunction>

/** What is known of a file from before the task. */
export interface EarlierFile {
  functions: EarlierFunctions
  /** Does a comment say that a program writes the file? Undefined for a new file. */
  isGenerated?: boolean
}

type EarlierFunction = Pick<ChangedFunction, 'result'> & { text: string }

/** A last statement that fails whatever the input is. Without a return before it, the function was planned and not written. */
const FAILS = /^(?:throw|raise|panic!?\s*\(|todo!|unimplemented!)|not[ _]?implemented|\btodo\b/i

/** Reads a file as it was before the task: the functions that did something, and whether it was generated. */
export async function earlierFile(
  before: string | undefined,
  grammar: Grammar,
): Promise<EarlierFile> {
  if (before === undefined) return { functions: new Map() }
  const found = await readSyntax(grammar.name, before, root => ({
    functions: changedCode(root, grammar, changedLines(undefined, before)).functions,
    isGenerated: saysGenerated(root),
  }))
  return {
    functions: functionsIn(before, found?.functions ?? []),
    isGenerated: found?.isGenerated ?? false,
  }
}

function functionsIn(before: string, found: readonly ChangedFunction[]): EarlierFunctions {
  const earlier = new Map<string, EarlierFunction>()
  for (const one of found) {
    const { name } = one.shape
    if (name === undefined || isStub(one)) continue
    const text = before.slice(one.start, one.end)
    // Which of several functions with this name was changed is not known.
    earlier.set(name, { text, result: earlier.has(name) ? '' : one.result })
  }
  return earlier
}

/** Does it nothing, or fail whatever the input is? */
export function isStub({ shape, body, result }: ChangedFunction): boolean {
  return shape.isEmpty || (FAILS.test(result) && !/\breturn\b/.test(body.replace(result, '')))
}

/**
 * Mutants that restore the earlier code of a function that the task fixes. A fix may be that it returns nothing where it failed before,
 * which no other mutant shows. A function that was written anew is not fixed, so its earlier code says nothing.
 */
export function restoringMutants(
  { file, text, grammar }: Source,
  functions: readonly ChangedFunction[],
  earlier: EarlierFunctions,
): Mutant[] {
  return functions.flatMap(({ shape: { name }, line, start, end, body }) => {
    const before = name === undefined ? undefined : earlier.get(name)
    if (name === undefined || !before || !isKept(before.result, body)) return []
    return [
      {
        file,
        line: line + 1,
        text: edited(text, { start, end, text: before.text }, grammar),
        scope: 'line' as const,
        function: name,
        change: `Restoring the earlier code of \`${name}\``,
        onlyAbsence: false,
        counts: true,
      },
    ]
  })
}

/** Does the function still do what it did, perhaps under a condition? */
function isKept(result: string, body: string): boolean {
  const words = wordsOf(result)
  const current = new Set(wordsOf(body))
  return words.length > 0 && words.every(word => current.has(word))
}

function wordsOf(text: string): string[] {
  return [...text.matchAll(/[\p{L}_$][\p{L}\d_$]*/gu)]
    .map(([word]) => word)
    .filter(word => word !== 'return')
}
