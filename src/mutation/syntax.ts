import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import type { Language, Node } from '@vscode/tree-sitter-wasm'

export type { Node }

const RUNTIME = 'tree-sitter.wasm'
/** Where the build (compressed) and the npm package have the grammars, below a folder above this code. */
const FOLDERS = ['tree-sitter', 'node_modules/@vscode/tree-sitter-wasm/wasm']

const decompress = promisify(brotliDecompress)

const languages = new Map<string, Promise<Language>>()
let library: ReturnType<typeof loadLibrary> | undefined

/** Parses a text and reads its syntax tree, which exists only during the call. Positions count UTF-16 units, as strings do. */
export async function readSyntax<T>(
  grammar: string,
  text: string,
  read: (root: Node) => T,
): Promise<T | undefined> {
  library ??= loadLibrary()
  const { Parser } = await library
  const parser = new Parser()
  parser.setLanguage(await languageOf(grammar))
  const tree = parser.parse(text)
  try {
    return tree ? read(tree.rootNode) : undefined
  } finally {
    tree?.delete()
    parser.delete()
  }
}

/** Loads the parser when it is needed first: most calls of the server parse nothing. */
async function loadLibrary() {
  const { default: treeSitter } = await import('@vscode/tree-sitter-wasm')
  await treeSitter.Parser.init({ locateFile: () => path.join(grammarFolder(), RUNTIME) })
  return treeSitter
}

function languageOf(grammar: string): Promise<Language> {
  const loaded = languages.get(grammar) ?? loadLanguage(grammar)
  languages.set(grammar, loaded)
  return loaded
}

async function loadLanguage(grammar: string): Promise<Language> {
  library ??= loadLibrary()
  const { Language } = await library
  const file = path.join(grammarFolder(), `tree-sitter-${grammar}.wasm`)
  const compressed = `${file}.br`
  if (!existsSync(compressed)) return Language.load(file)
  return Language.load(await decompress(await readFile(compressed)))
}

/** This code runs from the bundle or, in its own tests, from the sources. */
function grammarFolder(above = path.dirname(fileURLToPath(import.meta.url))): string {
  const found = FOLDERS.map(folder => path.join(above, folder)).find(folder =>
    existsSync(path.join(folder, RUNTIME)),
  )
  if (found !== undefined) return found
  const parent = path.dirname(above)
  if (parent === above)
    throw new Error('The grammars of redgreen-mcp were not found. Install it again.')
  return grammarFolder(parent)
}
