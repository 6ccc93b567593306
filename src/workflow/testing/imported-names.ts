import path from 'node:path'

/** What a file imports: the module and the name there by the name that the file uses, and the modules that it only runs. */
export interface ImportedNames {
  names: ReadonlyMap<string, string>
  sideEffects: ReadonlySet<string>
}

/** The imports of a file of JavaScript, TypeScript or Python; `undefined` for others, and if one of them cannot be read. */
export function importedNames(file: string, text: string): ImportedNames | undefined {
  if (/\.[cm]?[jt]sx?$/.test(file)) return namesOfJavaScript(text)
  return path.posix.extname(file) === '.py' ? namesOfPython(text) : undefined
}

function namesOfJavaScript(text: string): ImportedNames | undefined {
  const names = new Map<string, string>()
  const sideEffects = new Set<string>()
  let read = 0
  for (const [, clause = '', , module = ''] of text.matchAll(JS_IMPORT)) {
    read += 1
    if (clause.trim() === '') sideEffects.add(module)
    const [, main, all, list = ''] = CLAUSE.exec(clause.replace(/^\s*type\s+(?=[\w${*])/, '')) ?? []
    if (main !== undefined) names.set(main, `${module}#default`)
    if (all !== undefined) names.set(all, `${module}#*`)
    for (const [name = '', own = name] of pairsOf(list)) names.set(own, `${module}#${name}`)
  }
  return read === [...text.matchAll(/^import\b(?!\s*[.(])/gm)].length
    ? { names, sideEffects }
    : undefined
}

/** A clause ends at the next line with an import, because otherwise many that are not closed take quadratic time. */
const JS_IMPORT = /^import\b((?:(?!^import\b)[\w$*{},\s])*?)(?:\bfrom\s*)?(['"])([^'"\n]+)\2/gm
const CLAUSE = /^\s*([\w$]+)?\s*,?\s*(?:\*\s*as\s+([\w$]+))?\s*(?:\{([^}]*)\})?/

function namesOfPython(text: string): ImportedNames | undefined {
  const names = new Map<string, string>()
  const code = text.replaceAll(/#[^\n]*/g, '')
  for (const [, module = '', several, one = ''] of code.matchAll(PYTHON_FROM)) {
    const list = several ?? one
    if (list.includes('*')) return undefined
    for (const [name = '', own = name] of pairsOf(list)) names.set(own, `${module}#${name}`)
  }
  for (const [, list = ''] of code.matchAll(/^import\s+([^\n]+)/gm))
    for (const [name = '', own = name.split('.')[0] ?? name] of pairsOf(list)) names.set(own, name)
  return { names, sideEffects: new Set() }
}

const PYTHON_FROM = /^from\s+([\w.]+)\s+import\s+(?:\(([^()]*)\)|([^\n(]*))/gm

/** `a, b as c` → [a], [b, c] */
function pairsOf(list: string): string[][] {
  return list
    .split(',')
    .map(one =>
      one
        .trim()
        .replace(/^type\s+/, '')
        .split(/\s+as\s+/),
    )
    .filter(([name]) => name !== '')
}
