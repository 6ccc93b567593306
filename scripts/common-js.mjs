// Turns the program's files into CommonJS, the form in which Node 20 can use compiled code that was kept.
import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { transform } from 'esbuild'

const URL_OF_FILE = '__url'
const IMPORT = '__import'

/** What a file begins with that uses these names. */
const HEADS = {
  [URL_OF_FILE]: `const ${URL_OF_FILE} = require('node:url').pathToFileURL(__filename).href;`,
  [IMPORT]: `const ${IMPORT} = async name => { const loaded = require(name); return { ...loaded, default: loaded }; };`,
}

/**
 * The bundler divides only ES modules into files that share code, so it makes these, and they are converted one by one.
 *
 * @param files paths of all files of the program; each `.js` file is replaced by a `.cjs` file
 * @returns the build of the program: a hash of its files
 */
export async function convertToCommonJs(files) {
  const hash = createHash('sha256')
  for (const file of files.toSorted()) {
    const { code } = await transform(await readFile(file, 'utf8'), {
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      minifySyntax: true,
      minifyWhitespace: file.endsWith(`${path.sep}start.js`),
      define: { 'import.meta.url': URL_OF_FILE },
      logLevel: 'warning',
    })
    const text = withoutImports(code)
    await writeFile(file.replace(/\.js$/, '.cjs'), text)
    await rm(file)
    hash.update(`${path.basename(file)} ${text.length} `).update(text)
  }
  return hash.digest('hex')
}

/**
 * Without dynamic imports, which a script with kept code cannot have. A package may have a variable `require` of its own, so the one for
 * packages has another name.
 */
function withoutImports(code) {
  const text = code
    .replaceAll(/\brequire\("(\.{1,2}\/[^"]+)\.js"\)/g, 'require("$1.cjs")')
    .replaceAll(
      /\bimport\("(\.{1,2}\/[^"]+)\.js"\)/g,
      'Promise.resolve().then(() => require("$1.cjs"))',
    )
    .replaceAll(/\bimport\(("[@\w:/.-]+")\)/g, `${IMPORT}($1)`)
  if (text.startsWith('#!')) throw new Error('A file of the program begins as a script.')
  if (/\bimport\("/.test(text)) throw new Error('A dynamic import was not converted.')
  return (
    Object.entries(HEADS)
      .filter(([name]) => text.includes(name))
      .map(([, head]) => `${head}\n`)
      .join('') + text
  )
}
