import { newMembers } from './classes.ts'
import type { StandIn } from './stand-in.ts'

/** Stand-ins for the functions, classes and values of a Python module. */
export const pythonStandIn: StandIn = ({ earlier, current }, returns) => {
  if (current === '') return earlier
  const known = new Set(definitionsIn(earlier).map(({ name }) => name))
  const added = definitionsIn(current).filter(({ name }) => !known.has(name))
  const imports = earlier === '' ? [...current.matchAll(REEXPORT)].map(([line]) => line) : []
  const members = newMembers(methodsIn(earlier), methodsIn(current))
  if (added.length + imports.length + members.length === 0) return earlier
  const result = returns === 'nothing' ? 'None' : '_RedgreenStandIn()'
  const lines = [
    earlier.trimEnd(),
    prelude(result),
    ...imports,
    ...added.map(definition => standInOf(definition, result)),
    ...members.map(
      ([owner, name]) =>
        `if not hasattr(${owner}, ${JSON.stringify(name)}): ${owner}.${name} = lambda *_a, **_k: ${result}`,
    ),
  ]
  return `${lines.filter(line => line !== '').join('\n')}\n`
}

interface Definition {
  name: string
  kind: 'function' | 'async' | 'class' | 'value'
  /** The base classes, as they are written. */
  bases: string
}

const DEFINED =
  /^(?:(async )?def (\w+)|class (\w+)\s*(?:\(([^)]*)\))?\s*:|(\w+)\s*(?::[^=\n]+)?=(?!=))/gm
const REEXPORT = /^from \.[\w.]* import (?:\([^)]*\)|[^\n(]+)$/gm

function definitionsIn(text: string): Definition[] {
  return [...text.matchAll(DEFINED)].map(([, isAsync, method, type, bases = '', value = '']) => {
    if (method !== undefined)
      return { name: method, kind: isAsync === undefined ? 'function' : 'async', bases }
    return type === undefined
      ? { name: value, kind: 'value', bases }
      : { name: type, kind: 'class', bases }
  })
}

function standInOf({ name, kind, bases }: Definition, result: string): string {
  if (kind === 'value') return `${name} = _RedgreenStandIn()`
  if (kind !== 'class')
    return `${kind === 'async' ? 'async ' : ''}def ${name}(*_a, **_k): return ${result}`
  // A test names an exception to expect it, which needs a genuine one.
  return /(Error|Exception|Warning)\b/.test(`${bases} ${name}`)
    ? `class ${name}(Exception): pass`
    : `class ${name}(_RedgreenStandIn): pass`
}

/** Classes with the names of their methods. */
function methodsIn(text: string): Map<string, Set<string>> {
  const classes = new Map<string, Set<string>>()
  for (const [, name = '', body = ''] of text.matchAll(
    /^class (\w+)[^\n]*\n((?:(?:[ \t][^\n]*)?\n)*)/gm,
  ))
    classes.set(
      name,
      new Set([...body.matchAll(/^[ \t]+(?:async )?def (\w+)/gm)].map(([, method = '']) => method)),
    )
  return classes
}

function prelude(result: string): string {
  return `class _RedgreenStandIn:
    def __init__(self, *_a, **_k): pass
    def __call__(self, *_a, **_k): return ${result}
    def __getattr__(self, name):
        if name.startswith("_"): raise AttributeError(name)
        return _RedgreenStandIn()`
}
