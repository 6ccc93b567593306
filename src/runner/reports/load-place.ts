import { existsSync } from 'node:fs'
import path from 'node:path'
import type { LoadError } from '../../evidence/outcome.ts'

/** Where a file of the project could not be loaded, and whether its syntax is the cause. */
export type LoadPlace = Pick<LoadError, 'place' | 'syntax'>

/**
 * Reads the place of a load error from texts that runners and compilers print: the error, then the output of the run.
 *
 * @param file the test file, relative to `root`
 * @param root absolute; without it, only the test file itself is recognised
 */
export function loadPlaceIn(file: string, root: string | undefined, ...texts: string[]): LoadPlace {
  const [error = ''] = texts
  const place = texts.map(text => placeIn(text, file, root)).find(found => found !== undefined)
  // A package that the runner does not transform fails in the same words.
  const isForeign = place === undefined && texts.some(text => text.includes('node_modules'))
  const syntax = SYNTAX.test(error) && !NO_SYNTAX.test(error) && !isForeign
  return { ...(place !== undefined && { place }), ...(syntax && { syntax }) }
}

const SYNTAX =
  /SyntaxError|syntax error|Pars(?:e|ing) (?:error|fail\w*)|ParseError|IndentationError|TabError|Unexpected token|[Uu]nterminated|unclosed delimiter|^expected .+, found|error: expected|invalid \w+ syntax|Transform failed|^(?:'[^'\n]{1,3}'|<identifier>|class, interface[^\n]*) expected|^(?:illegal start of|reached end of file|unclosed |not a statement|Expecting )|^\S+\.\w+: [^\n]{1,300} \(\d+:\d+\)/

/** Missing exports, and a configuration that does not fit the kind of module. */
const NO_SYNTAX =
  /does not provide an export|Named export '|outside a module|Unexpected token 'export'|import\.meta/

/** A path with a line, as `a.js:5:1`, `A.java:[5,1]`, `File "a.py", line 5`, `a.t line 5`, `a.php on line 5` or `a.js: text (5:1)`. */
const PLACE =
  /(?<![\w@+./-])\/?((?:[\w@+.-]+\/)*[\w@+.-]+\.[a-z]\w{0,4})(?::\[?(\d+)|"?,? (?:on )?line (\d+)|: [^\n]{0,200}?\((\d+):\d+\))/g

function placeIn(text: string, file: string, root: string | undefined): string | undefined {
  const bare = text.replaceAll(/file:\/\//g, '')
  const own = root === undefined ? bare : bare.replaceAll(`${root}${path.sep}`, '')
  for (const [, name = '', ...lines] of own.replaceAll('\\', '/').matchAll(PLACE)) {
    const line = lines.find(found => found !== undefined)
    if (path.posix.basename(file) === name) return `${file}:${line}`
    const isOther = root !== undefined && !name.includes('node_modules/')
    if (isOther && existsSync(path.join(root, name))) return `${name}:${line}`
  }
  return undefined
}
