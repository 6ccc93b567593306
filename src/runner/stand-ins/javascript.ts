import { classesIn, newMembers } from './classes.ts'
import type { Returns, StandIn } from './stand-in.ts'

/** Stand-ins for the exports of a module, in JavaScript or TypeScript. */
export const javascriptStandIn: StandIn = ({ file, earlier, current }, returns) => {
  if (current === '') return earlier
  const isTyped = /\.[cm]?tsx?$/.test(file)
  const known = exportsOf(earlier)
  const missing = exportsOf(current)
  const isModule = ES_MODULE.test(current)
  const values = [...missing.values].filter(name => !known.values.has(name))
  const types = isTyped ? [...missing.types].filter(name => !known.types.has(name)) : []
  const members = newMembers(methodsIn(earlier), methodsIn(current))
  const stars = [...missing.stars].filter(star => !known.stars.has(star))
  const needsWhole = !isModule && earlier === ''
  if (values.length + types.length + members.length + stars.length === 0 && !needsWhole)
    return earlier
  const any = isTyped ? ': any' : ''
  const lines = [
    isTyped ? '// @ts-nocheck' : '',
    earlier,
    prelude(returns, any),
    ...stars,
    needsWhole ? `module.exports = ${MAKE}()` : '',
    ...values.map(name =>
      isModule ? moduleExport(name, any) : `module.exports.${name} = ${MAKE}()`,
    ),
    ...types.map(name => `export type ${name} = any`),
    ...members.map(([owner, name]) => memberOf(owner, name)),
  ]
  return `${lines.filter(line => line !== '').join('\n')}\n`
}

const MAKE = 'redgreenStandIn'
const ES_MODULE = /^[ \t]*(import\s*[\w$*{'"]|export\b)/m

interface Exports {
  values: Set<string>
  /** Names that are types; of a class, both. */
  types: Set<string>
  /** Whole statements `export * from …`. */
  stars: Set<string>
}

const DECLARED =
  /^[ \t]*export\s+(default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(function|class|const\s+enum|const|let|var|enum|type|interface)\b\s*\*?\s*([\w$]+)?/gm
const LISTED = /^[ \t]*export\s+(type\s+)?\{([^}]*)\}/gm
const STAR = /^[ \t]*export\s+\*\s+(?:as\s+[\w$]+\s+)?from\s+['"][^'"]+['"]/gm
const ASSIGNED = /(?:module\.)?exports\.([\w$]+)\s*=/g
const OBJECT = /module\.exports\s*=\s*\{([^}]*)\}/g

function exportsOf(text: string): Exports {
  const values = new Set<string>()
  const types = new Set<string>()
  for (const [, isDefault, keyword = '', name] of text.matchAll(DECLARED)) {
    const isType = keyword === 'type' || keyword === 'interface'
    if (isDefault !== undefined || name === undefined) continue
    if (!isType) values.add(name)
    if (isType || keyword === 'class' || keyword.endsWith('enum')) types.add(name)
  }
  for (const [, isType, list = ''] of text.matchAll(LISTED))
    for (const [alias, isOwnType] of namesIn(list))
      (isType !== undefined || isOwnType ? types : values).add(alias)
  if (/^[ \t]*export\s+default\b/m.test(text)) values.add('default')
  if (!ES_MODULE.test(text)) {
    for (const [, name = ''] of text.matchAll(ASSIGNED)) values.add(name)
    for (const [, list = ''] of text.matchAll(OBJECT))
      for (const [, name = ''] of list.matchAll(/(?:^|,)\s*([\w$]+)/g)) values.add(name)
  }
  return { values, types, stars: new Set([...text.matchAll(STAR)].map(([line]) => line.trim())) }
}

/** The exported names of `a, b as c, type T`, each with whether it is a type. */
function namesIn(list: string): [string, boolean][] {
  return list.split(',').flatMap((entry): [string, boolean][] => {
    const name = /([\w$]+)\s*$/.exec(entry)?.[1]
    return name === undefined ? [] : [[name, /^\s*type\s/.test(entry)]]
  })
}

function moduleExport(name: string, any: string): string {
  if (name === 'default') return `export default ${MAKE}()`
  const value = `export const ${name}${any} = ${MAKE}()`
  return any === '' ? value : `${value}\nexport type ${name} = any`
}

const METHOD =
  /^[ \t]+(?:(?:static|async|get|set|public|protected|private|override|readonly)\s+|\*\s*)*([\w$]+)\s*(?:<[^>()]*>)?\(/gm
const STATEMENT = new Set(
  'if for while switch catch return function constructor super await'.split(' '),
)

/** `class Name` with the names of its methods. */
function methodsIn(text: string): Map<string, Set<string>> {
  return classesIn(
    text,
    /^[ \t]*(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+([\w$]+)[^{\n]*\{/gm,
    body =>
      [...body.matchAll(METHOD)].map(([, name = '']) => name).filter(name => !STATEMENT.has(name)),
  )
}

function memberOf(owner: string, name: string): string {
  const places = `typeof ${owner} === 'function' ? [${owner}, ${owner}.prototype] : []`
  return `for (const place of ${places}) if (!(${JSON.stringify(name)} in place)) Object.defineProperty(place, ${JSON.stringify(name)}, { value: ${MAKE}(), configurable: true, writable: true })`
}

/** A value that can be called, constructed and asked for anything. Test runners look at some properties of each value. */
function prelude(returns: Returns, any: string): string {
  const result = returns === 'nothing' ? 'undefined' : `${MAKE}()`
  return `function ${MAKE}()${any} {
  const own = ['then', 'toJSON', 'asymmetricMatch', '$$typeof', 'nodeType', 'tagName']
  const get = (target${any}, name${any}) => name in target || typeof name === 'symbol' || own.includes(name) ? target[name] : ${MAKE}()
  class StandIn { constructor() { return new Proxy(this, { get }) } }
  return new Proxy(StandIn, { get, apply: () => ${result} })
}`
}
