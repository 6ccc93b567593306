import type { Node } from '../syntax.ts'

/**
 * Is the assertion reached whenever the test runs? In doubt it is not: then the test is run to see it.
 *
 * @param test the node of the test: a function, or a call that is passed one
 */
export function isCertain(assertion: Node, test: Node): boolean {
  if (LEAVES.test(test.text)) return false
  for (let node = assertion.parent; node && node.id !== test.id; node = node.parent) {
    const isFunction = FUNCTIONS.has(node.type) || (node.type === 'block' && isBlockOfRuby(node))
    if (isFunction ? !isPassedTo(node, test) : !STEPS.has(node.type)) return false
  }
  return true
}

/** A test that may end before its last line. */
const LEAVES = /\b(?:return|skip|next|exit|throw|raise|panic)\b/i

/** An argument of the call, or its block in Ruby. */
function isPassedTo({ parent }: Node, test: Node): boolean {
  const call = parent?.type === 'arguments' ? parent.parent : parent
  return call?.id === test.id
}

/** Elsewhere a block is the body of a statement. */
function isBlockOfRuby({ parent }: Node): boolean {
  return parent?.type === 'call'
}

const FUNCTIONS = new Set(['arrow_function', 'function_expression', 'do_block'])

/** Nodes that run whatever is in them. */
const STEPS = new Set([
  'arguments',
  'argument_list',
  'await',
  'await_expression',
  'block',
  'block_body',
  'body_statement',
  'call',
  'call_expression',
  'expression_statement',
  'lexical_declaration',
  'member_expression',
  'statement_block',
  'statement_list',
  'variable_declarator',
])
