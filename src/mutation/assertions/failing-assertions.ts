import { grammarOf } from '../grammars/index.ts'
import type { Edit } from '../grammar.ts'
import { namedChildrenOf } from '../nodes.ts'
import { readSyntax, type Node } from '../syntax.ts'
import type { AssertionShape } from './assertion-shape.ts'
import { isCertain } from './certain.ts'
import { go } from './go.ts'
import { javascript } from './javascript.ts'
import { python } from './python.ts'
import { ruby } from './ruby.ts'
import { rust } from './rust.ts'

/** A test file whose assertions fail as soon as they are reached. */
export interface FailingAssertions {
  text: string
  /** Whether the test with this id reaches one of them; `undefined` if it has none. */
  reaches: (id: string) => 'surely' | 'perhaps' | undefined
}

/** Changes each assertion that stands in a test of the file; `undefined` if none is recognised. */
export async function failingAssertions(
  file: string,
  text: string,
): Promise<FailingAssertions | undefined> {
  const grammar = grammarOf(file)?.name
  const shape = grammar === undefined ? undefined : SHAPES.get(grammar)
  if (grammar === undefined || !shape) return undefined
  return readSyntax(grammar, text, root => {
    const tests = root.hasError ? [] : testsIn(root, shape)
    const edits = tests.flatMap(test => test.edits)
    if (edits.length === 0) return undefined
    return {
      text: withEdits(text, edits),
      reaches(id) {
        const own = tests.filter(test => test.edits.length > 0 && test.name === nameOf(id))
        if (own.length === 0) return undefined
        return own.every(test => test.isCertain) ? 'surely' : 'perhaps'
      },
    }
  })
}

/** By the name of the grammar. */
const SHAPES = new Map<string, AssertionShape>([
  ['javascript', javascript],
  ['typescript', javascript],
  ['tsx', javascript],
  ['python', python],
  ['ruby', ruby],
  ['rust', rust],
  ['go', go],
])

interface FoundTest {
  name: string
  node: Node
  edits: Edit[]
  /** One of its assertions is reached whenever the test runs. */
  isCertain: boolean
}

function testsIn(root: Node, shape: AssertionShape): FoundTest[] {
  const tests: FoundTest[] = []
  const open: { node: Node; within: readonly FoundTest[] }[] = [{ node: root, within: [] }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { node } = next
    const name = shape.testOf(node)
    const own = name === undefined ? [] : [{ name, node, edits: [], isCertain: false }]
    tests.push(...own)
    const within = [...next.within, ...own]
    const edit = within.length > 0 ? shape.failing(node) : undefined
    if (edit) note(within, edit.place ?? node, edit)
    else for (const child of namedChildrenOf(node)) open.push({ node: child, within })
  }
  return tests
}

/** A test that runs others has their assertions, too. */
function note(within: readonly FoundTest[], assertion: Node, edit: Edit): void {
  for (const test of within) {
    test.edits.push(edit)
    test.isCertain ||= isCertain(assertion, test.node)
  }
}

/** The name of a test without its suites, the parameters of pytest, and the number of a repeated one. */
function nameOf(id: string): string {
  const last = id.split(' > ').at(-1) ?? id
  return last.replace(/ #\d+$/, '').replace(/\[[^\]]*\]$/, '')
}

/** An edit comes twice if it is in two tests, or if two reports belong to one condition. */
function withEdits(text: string, edits: readonly Edit[]): string {
  let end = text.length
  const parts: string[] = []
  let last: Edit | undefined
  for (const edit of edits.toSorted((a, b) => b.start - a.start)) {
    if (last?.start === edit.start) continue
    parts.push(text.slice(edit.end, end), edit.text)
    end = edit.start
    last = edit
  }
  return [text.slice(0, end), ...parts.toReversed()].join('')
}
