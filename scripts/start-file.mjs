// Makes one file of all the files that the server loads at its start.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'

/**
 * Node needs about a millisecond for each file. What the entry imports becomes `start.js`, and each of these files passes on its part of
 * it, so that no module exists twice.
 *
 * @param metafile of the build
 * @param sources the source files of the program, whose own imports every command loads, and of the server, whose imports are loaded at its
 * start
 * @returns the path of the file
 */
export async function makeStartFile({ outputs }, { program, server }) {
  const outputOf = source => Object.keys(outputs).find(file => outputs[file].entryPoint === source)
  const first = outputOf(server)
  const before = importedFiles(outputs, outputOf(program))
  const files = [...importedFiles(outputs, first)].filter(file => !before.has(file))
  const folder = path.dirname(first)
  const lines = files.map((file, at) => {
    const names = outputs[file].exports.map(name => `${name} as ${partName(at, name)}`)
    return `export { ${names.join(', ')} } from './${path.basename(file)}'`
  })
  const name = 'start.js'
  await build({
    stdin: { contents: lines.join('\n'), resolveDir: folder },
    outfile: path.join(folder, name),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    legalComments: 'none',
    minifyWhitespace: true,
    logLevel: 'warning',
    plugins: [{ name: 'later', setup: leaveDynamicImports }],
    footer: { js: modulesIn(outputs, files) },
  })
  for (const [at, file] of files.entries()) {
    const names = outputs[file].exports.map(name => `${partName(at, name)} as ${name}`)
    await writeFile(file, `export { ${names.join(', ')} } from './${name}'\n`)
  }
  return path.join(folder, name)
}

/** The paths of the modules as comments, which the bundler writes before each module if it does not make the file smaller. */
function modulesIn(outputs, files) {
  const used = files.flatMap(file =>
    Object.entries(outputs[file].inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
  )
  return used.map(([input]) => `// ${input}`).join('\n')
}

function partName(at, name) {
  return `part${at}_${name}`
}

/** The file and all that it imports, directly or not. */
function importedFiles(outputs, file, found = new Set()) {
  if (found.has(file)) return found
  found.add(file)
  for (const { path: other, kind, external } of outputs[file].imports)
    if (kind === 'import-statement' && !external) importedFiles(outputs, other, found)
  return found
}

function leaveDynamicImports(bundler) {
  bundler.onResolve({ filter: /.*/ }, ({ kind, path: named }) =>
    kind === 'dynamic-import' ? { path: named, external: true } : undefined,
  )
}
