import type { ChangedLines } from './changed-lines.ts'
import type { FunctionShape, Grammar, LineChange } from './grammar.ts'
import { childrenOf, lastStatement, partsOf } from './nodes.ts'
import type { Node } from './syntax.ts'

/** A function that contains changed code. */
export interface ChangedFunction {
  shape: FunctionShape
  /** Lines of its first and last character, from 0. */
  line: number
  last: number
  /** How many functions it is in. */
  depth: number
  /** Where it is in the text. */
  start: number
  end: number
  body: string
  /** Its last statement, which says best what it does. */
  result: string
}

/** A place that can be changed, and the name of the function that it is in. */
export interface Place {
  change: LineChange
  line: number
  within: FunctionShape | undefined
  /** It runs even if the body of the function is replaced, as the call of the parent's constructor does. */
  isKept: boolean
}

export interface ChangedCode {
  functions: ChangedFunction[]
  places: Place[]
}

interface Visit {
  node: Node
  within: FunctionShape | undefined
  /** Where the body of that function begins. */
  bodyAt: number
  depth: number
  isReached: boolean
}

/** Nodes that are ignored with their only part. */
const TRANSPARENT = new Set(['expression_statement', 'await_expression', 'await'])

/** The functions and places that were added or changed. */
export function changedCode(root: Node, grammar: Grammar, changed: ChangedLines): ChangedCode {
  const lines = new Set<number>()
  const candidates: ChangedFunction[] = []
  const places: Place[] = []
  const open: Visit[] = [{ node: root, within: undefined, bodyAt: 0, depth: 0, isReached: true }]
  for (let visit = open.pop(); visit; visit = open.pop()) {
    const { node, depth } = visit
    const [first, last] = [node.startPosition.row, node.endPosition.row]
    if (!touches(changed, first, last) || isIgnored(node, grammar)) continue
    if (node.isError || node.isMissing) continue
    let { within, bodyAt } = visit
    const isFunction = grammar.functions.has(node.type)
    if (isFunction) {
      within = node.hasError ? undefined : grammar.shapeOf(node)
      bodyAt = node.childForFieldName('body')?.startIndex ?? node.endIndex
      if (within) {
        const { startIndex: start, endIndex: end } = node
        const body = node.childForFieldName('body')?.text ?? ''
        const result = lastStatement(node)?.text ?? ''
        candidates.push({ shape: within, line: first, depth, last, start, end, body, result })
      }
    }
    const children = childrenOf(node)
    if (children.length === 0) for (let line = first; line <= last; line += 1) lines.add(line)
    if (visit.isReached && changed.lines.has(first) && !node.hasError) {
      for (const change of grammar.lineChanges(node)) {
        const { start } = change.edit
        const isKept = start >= bodyAt && start < (within?.returning(undefined).start ?? 0)
        places.push({ change, line: lineOf(change, node), within, isKept })
      }
    }
    open.push(
      ...visitsOf(
        children,
        { ...visit, within, bodyAt, depth: depth + (isFunction ? 1 : 0) },
        grammar,
      ).toReversed(),
    )
  }
  const isChanged = ({ line, last }: { line: number; last: number }) =>
    anyBetween(line, last, at => changed.lines.has(at) && lines.has(at)) ||
    changed.gaps.some(gap => gap > line && gap <= last)
  return {
    functions: candidates.filter(isChanged),
    places: places.filter(({ line }) => changed.lines.has(line)),
  }
}

/** A statement is ignored with the call that it consists of. */
function isIgnored(node: Node, grammar: Grammar): boolean {
  if (grammar.isIgnored(node)) return true
  const [only, ...others] = TRANSPARENT.has(node.type) ? partsOf(node) : []
  return only !== undefined && others.length === 0 && isIgnored(only, grammar)
}

/** What follows a statement that leaves the block is not reached. Functions in it are. */
function visitsOf(children: readonly Node[], visit: Visit, grammar: Grammar): Visit[] {
  let { isReached } = visit
  return children.map(node => {
    const child = { ...visit, node, isReached: isReached || grammar.functions.has(node.type) }
    if (grammar.exits.has(node.type)) isReached = false
    return child
  })
}

function touches({ lines, gaps }: ChangedLines, first: number, last: number): boolean {
  return (
    anyBetween(first, last, line => lines.has(line)) || gaps.some(gap => gap > first && gap <= last)
  )
}

function anyBetween(first: number, last: number, isIt: (line: number) => boolean): boolean {
  for (let line = first; line <= last; line += 1) if (isIt(line)) return true
  return false
}

function lineOf({ edit }: LineChange, node: Node): number {
  return (
    node.descendantForIndex(edit.start, edit.start)?.startPosition.row ?? node.startPosition.row
  )
}
