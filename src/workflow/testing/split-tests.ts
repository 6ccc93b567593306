import path from 'node:path'
import { codeParts } from '../../mutation/code-parts.ts'
import { importedNames } from './imported-names.ts'
import type { TestText } from './moved-text.ts'

/**
 * Whether a test moved to another file of its folder while others stayed, in JavaScript, TypeScript or Python: its statement is
 * unchanged, what the earlier file sets up is there too, each name means the same module, and nothing else but tests was added. Snapshots
 * belong to a file, so a test that has one did not only move.
 *
 * @param id of the test in the earlier file
 */
export async function haveSplit(
  id: string,
  earlier: TestText,
  current: TestText,
): Promise<boolean> {
  if (path.posix.dirname(earlier.file) !== path.posix.dirname(current.file)) return false
  const [parts, partsNow] = [
    await codeParts(earlier.file, earlier.text),
    await codeParts(current.file, current.text),
  ]
  const title = titleOf(id, earlier.file)
  if (!parts || !partsNow || title === undefined) return false
  const own = withTitle(parts, title)
  const ownNow = withTitle(partsNow, title)
  const [test] = own
  if (test === undefined || own.length !== 1 || ownNow.length !== 1 || test !== ownNow[0])
    return false
  if (/snapshot/i.test(test)) return false
  const before = new Set(parts)
  const isAddedSetUp = partsNow.some(part => isSetUp(part) && !before.has(part))
  return (
    !isAddedSetUp &&
    keepsSetUp(parts.filter(isSetUp), partsNow) &&
    keepsImports(earlier, current, [test, ...parts.filter(isSetUp)].join('\n'))
  )
}

/** The first name in an id, which a statement of the file has as a whole: that of a suite, a class or a test. */
function titleOf(id: string, file: string): string | undefined {
  const [title] = id.slice(file.length + ' > '.length).split(' > ')
  return title?.replace(/\[[^\]]*\]$/, '')
}

function withTitle(parts: readonly string[], title: string): string[] {
  return parts.filter(part => isTest(part) && ` ${part} `.includes(` ${title} `))
}

/** Everything that the earlier file sets up in the same order, without declarations that the new file does not use. */
function keepsSetUp(setUp: readonly string[], now: readonly string[]): boolean {
  const kept = now.filter(isSetUp)
  const text = now.join('\n')
  const wanted = setUp.filter(part => {
    const [, name] = DECLARATION.exec(part) ?? []
    return name === undefined || CALLS.test(part) || isWordIn(name, text)
  })
  return wanted.join('\n') === kept.filter(part => wanted.includes(part)).join('\n')
}

/** The names that the test and its set-up use mean what they meant, and the same modules run for their effects. */
function keepsImports(earlier: TestText, current: TestText, used: string): boolean {
  const [before, now] = [
    importedNames(earlier.file, earlier.text),
    importedNames(current.file, current.text),
  ]
  if (!before || !now) return false
  const names = new Set([...before.names.keys(), ...now.names.keys()])
  return (
    [...names].every(
      name => before.names.get(name) === now.names.get(name) || !isWordIn(name, used),
    ) && [...before.sideEffects].sort().join() === [...now.sideEffects].sort().join()
  )
}

function isWordIn(name: string, text: string): boolean {
  return text.split(/[^\w$]+/).includes(name)
}

function isSetUp(part: string): boolean {
  return !isTest(part) && !part.startsWith('import_')
}

function isTest(part: string): boolean {
  return TEST.test(part)
}

/** How `codeParts` writes statements that are tests. */
const TEST =
  /^expression_statement\[(?:(?:call|member)_expression\[)+(?:test|it|describe|suite) |^(?:decorated_definition\[.* )?(?:function_definition\[(?:async )?def test|class_definition\[class Test)/s
const DECLARATION =
  /^(?:lexical_declaration\[(?:const|let) variable_declarator\[|function_declaration\[(?:async )?function |class_declaration\[class |expression_statement\[assignment\[|function_definition\[(?:async )?def |class_definition\[class )([\w$]+) /
/** A value that is computed has effects. */
const CALLS =
  /^(?:lexical_declaration|expression_statement)\[.*\b(?:call_expression|call|new_expression)\[/s
