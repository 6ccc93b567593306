import type { Node } from './syntax.ts'

/** A part of a text, and what stands in its place. */
export interface Edit {
  start: number
  end: number
  text: string
}

/** A function, as its grammar describes it. */
export interface FunctionShape {
  /** `size`, `Stack.size`; none for a callback. */
  name?: string
  /** The name by which a test calls it, if that is another one: the class of a constructor. */
  calledAs?: string
  /** Expressions in place of its value, most useful first. None if it has no value. */
  values: readonly string[]
  /** The kind of each of them, if the kind of its value is not known. */
  guesses?: ReadonlyMap<string, string>
  /** How it returns nothing. None if that does not compile. */
  absence?: string
  /** The value that it returns already without doing anything else, '' for none; `undefined` if it does more. */
  already?: string
  /** It does nothing at all. */
  isEmpty: boolean
  /** It has no value, so that returning nothing replaces its whole effect. */
  hasNoValue: boolean
  /** The change that lets it return a value, or nothing, before it does anything else. */
  returning(value: string | undefined): Edit
  /** How the new body is shown: `return 0`. */
  shown(value: string): string
}

/** What a function returns. */
export type ReturnedShape = Pick<FunctionShape, 'values' | 'guesses' | 'absence' | 'hasNoValue'>

/** One place in a line that is changed. */
export interface LineChange {
  edit: Edit
  /** Without the line: "Changing `<` to `>=`". */
  change: string
  /** In which order they are tried: the most useful kind first. */
  rank: number
  counts: boolean
  onlyAbsence?: boolean
}

/** What the mutation of one language needs to know about its syntax tree. */
export interface Grammar {
  /** The grammar is in `tree-sitter-<name>.wasm`. */
  name: string
  /** Types of nodes that are functions. */
  functions: ReadonlySet<string>
  /** Statements after which the rest of a block is not reached. */
  exits: ReadonlySet<string>
  /** Is this neither changed nor looked into: types, imports, logging, tests inside sources? */
  isIgnored(node: Node): boolean
  /** Undefined for a function that cannot be changed as a whole. */
  shapeOf(node: Node): FunctionShape | undefined
  lineChanges(node: Node): LineChange[]
  /** A first line of every mutant, for example a comment that turns off type checks. */
  header?: string
}
