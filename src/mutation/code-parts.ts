import { grammarOf } from './grammars/index.ts'
import { childrenOf } from './nodes.ts'
import { readSyntax, type Node } from './syntax.ts'

/**
 * The statements of a file, each as a text that does not depend on its format: spaces, line ends, quotes, semicolons, parentheses, trailing
 * commas and comments. `undefined` if the file cannot be parsed.
 */
export async function codeParts(file: string, text: string): Promise<string[] | undefined> {
  const grammar = grammarOf(file)?.name
  if (grammar === undefined || text.length > MAX_CHARACTERS) return undefined
  return readSyntax(grammar, text, root => {
    if (root.hasError) return undefined
    const quotes = QUOTES_ARE_EQUAL.has(grammar)
    return childrenOf(root)
      .map(node => shapeOf(node, quotes))
      .filter(part => part !== '')
  })
}

/** A test file is smaller. */
const MAX_CHARACTERS = 500_000

/** Where `'a'` and `"a"` are the same. */
const QUOTES_ARE_EQUAL = new Set(['javascript', 'typescript', 'tsx', 'python'])

/** What is nested stays nested, because in some languages only the indentation says so. */
function shapeOf(node: Node, quotes: boolean): string {
  if (node.type.endsWith('comment')) return READ_BY_TOOLS.test(node.text) ? node.text : ''
  if (node.type === 'empty_statement' && node.parent?.type !== 'for_statement') return ''
  const children = childrenOf(node)
  if (children.length === 0) return leafOf(node, quotes)
  const parts = children.flatMap((child, at) => {
    const isFormat =
      (child.type === ';' && node.type !== 'for_statement') ||
      (child.type === ',' && CLOSES.test(children[at + 1]?.type ?? ''))
    const shape = isFormat ? '' : shapeOf(child, quotes)
    return shape === '' ? [] : shape
  })
  return isTransparent(node, children)
    ? parts.filter(part => !/^[()]$/.test(part)).join(' ')
    : `${node.type}[${parts.join(' ')}]`
}

function leafOf({ type, text }: Node, quotes: boolean): string {
  if (type === 'jsx_text') return text.trim().replaceAll(/\s+/g, ' ')
  return quotes && /^[a-z]{0,2}['"]$/i.test(text) ? text.replace("'", '"') : text
}

/** Parentheses around an expression, and around the only parameter of an arrow function. */
function isTransparent({ type, parent }: Node, children: readonly Node[]): boolean {
  if (type === 'parenthesized_expression') return true
  return (
    type === 'formal_parameters' &&
    parent?.type === 'arrow_function' &&
    children.filter(child => child.isNamed).every(child => child.type === 'identifier') &&
    children.length === 3
  )
}

const CLOSES = /^[)\]}]$/

/** A comment that decides whether or where a test runs. */
const READ_BY_TOOLS =
  /@(?:jest|vitest|bun|ts)-|go:build|\+build|\b(?:istanbul|c8|v8) ignore|coding[:=]|frozen_string_literal/
