import type { FunctionShape } from '../grammar.ts'
import { inserted, namedChildrenOf, partsOf } from '../nodes.ts'
import type { Node } from '../syntax.ts'
import { withArgument, type ChosenValues } from '../values.ts'

export const FUNCTIONS = new Set(['function_item'])

const INTEGER = /^[iu](?:8|16|32|64|128|size)$/
const DEFAULT = 'Default::default()'
/** Macros that stand for a body that is still to be written. */
const UNWRITTEN = /^(?:todo|unimplemented|unreachable|panic)$/

/** Other ways to write empty values. */
const EMPTY: Readonly<Record<string, string>> = {
  'vec![]': 'Vec::new()',
  '"".to_string()': 'String::new()',
  'String::from("")': 'String::new()',
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  f32: ['0.0', '1.0'],
  f64: ['0.0', '1.0'],
  bool: ['false', 'true'],
  char: ["' '", "'r'"],
  String: ['String::new()', 'String::from("redgreen")'],
  '()': ['()'],
}

/** Values of a declared type, the zero-like one first. They compile for types of the standard library and for those with a default. */
export function valuesOfType(type: Node): readonly string[] {
  if (INTEGER.test(type.text)) return ['0', '1']
  if (Object.hasOwn(VALUES, type.text)) return VALUES[type.text] ?? []
  switch (type.type) {
    case 'reference_type':
      return type.childForFieldName('type')?.text === 'str' ? ['""', '"redgreen"'] : []
    case 'tuple_type': {
      const parts = partsOf(type).map(part => valuesOfType(part)[0])
      return parts.includes(undefined) ? [] : [`(${parts.join(', ')})`]
    }
    case 'generic_type':
      return valuesOfGeneric(type)
    case 'scoped_type_identifier':
      // `fmt::Result` is that of nothing.
      return type.childForFieldName('name')?.text === 'Result' ? ['Ok(())'] : [DEFAULT]
    case 'type_identifier':
      return isParameter(type) ? [] : [DEFAULT]
    default:
      return []
  }
}

function valuesOfGeneric(type: Node): readonly string[] {
  const list = type.childForFieldName('type_arguments')
  const [argument] = list ? partsOf(list) : []
  const inner = argument ? valuesOfType(argument) : []
  const named = type.childForFieldName('type')
  switch ((named?.childForFieldName('name') ?? named)?.text ?? '') {
    case 'Option':
      return inner.map(value => `Some(${value})`)
    case 'Result':
      return inner.map(value => `Ok(${value})`)
    case 'Vec':
      return ['Vec::new()', ...inner.slice(0, 1).map(value => `vec![${value}]`)]
    case 'Box':
    case 'Rc':
    case 'Arc':
      return inner.length > 0 ? [DEFAULT] : []
    default:
      return [DEFAULT]
  }
}

/** Is this a parameter of a function or implementation, of which it is not known whether it has a default? */
function isParameter(type: Node): boolean {
  for (let above = type.parent; above; above = above.parent) {
    const list = above.childForFieldName('type_parameters')
    const names = (list ? partsOf(list) : []).map(each => each.childForFieldName('name')?.text)
    if (names.includes(type.text)) return true
  }
  return false
}

export function isOption(type: Node): boolean {
  return type.type === 'generic_type' && type.childForFieldName('type')?.text === 'Option'
}

export function shapeOf(node: Node): FunctionShape | undefined {
  const body = node.childForFieldName('body')
  const type = node.childForFieldName('return_type')
  if (!body || type?.type === 'never_type') return undefined
  const statements = partsOf(body)
  const [only, second] = statements
  if (only && !second && isUnwritten(only)) return undefined
  const hasNoValue = !type || type.text === '()'
  const returned = only && !second ? returnedBy(only) : undefined
  return {
    name: nameOf(node),
    // What is made of nothing is often the default already.
    ...(hasNoValue || isMaker(node, type) ? { values: [] } : valuesOf(node, type)),
    ...(!hasNoValue && isOption(type) ? { absence: 'None' } : {}),
    ...(only ? {} : { already: '' }),
    ...(returned ? { already: EMPTY[returned.text] ?? returned.text } : {}),
    isEmpty: !only,
    hasNoValue,
    // What follows is still compiled, so that nothing becomes unused.
    returning: value =>
      inserted(
        body.startIndex + 1,
        ` if true { return${value === undefined ? '' : ` ${value}`}; }`,
      ),
    shown: value => `return ${value}`,
  }
}

/** `fn new() -> Self` */
function isMaker(node: Node, type: Node): boolean {
  const list = node.childForFieldName('parameters')
  return valuesOfType(type)[0] === DEFAULT && (!list || partsOf(list).length === 0)
}

function isUnwritten(statement: Node): boolean {
  const macro = statement.type === 'expression_statement' ? partsOf(statement)[0] : statement
  return (
    macro?.type === 'macro_invocation' &&
    UNWRITTEN.test(macro.childForFieldName('macro')?.text ?? '')
  )
}

/** The value of a body with one statement: its last expression, or what it returns. */
function returnedBy(statement: Node): Node | undefined {
  if (statement.type !== 'expression_statement') return statement
  const [expression] = partsOf(statement)
  return expression?.type === 'return_expression' ? partsOf(expression)[0] : undefined
}

function valuesOf(node: Node, type: Node): ChosenValues {
  const isConstant = namedChildrenOf(node).some(
    child => child.type === 'function_modifiers' && /\bconst\b/.test(child.text),
  )
  const values = valuesOfType(type)
  const [first, ...others] = isConstant ? values.filter(value => !value.includes('(')) : values
  const list = node.childForFieldName('parameters')
  const parameter = list && partsOf(list).find(({ type }) => type === 'parameter')
  const isSame = parameter?.childForFieldName('type')?.text === type.text
  const argument = isSame ? parameter?.childForFieldName('pattern')?.text : undefined
  return withArgument(first, argument, others)
}

function nameOf(node: Node): string {
  const name = node.childForFieldName('name')?.text ?? ''
  const owner = node.parent?.parent
  const type = owner?.childForFieldName(owner.type === 'trait_item' ? 'name' : 'type')
  if (!type || !['impl_item', 'trait_item'].includes(owner?.type ?? '')) return name
  return `${type.childForFieldName('type')?.text ?? type.text}.${name}`
}
