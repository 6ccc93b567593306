// Bundles the program into dist/: one small entry file that starts quickly, and chunks that are loaded when needed.
import { chmod, cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'esbuild'
import { grammarNotices } from './grammar-notices.mjs'
import { noticesOf } from './notices.mjs'
import { buildPage } from './page.mjs'

/** The grammars that `src/mutation/grammars/` uses. */
const GRAMMARS = [
  'javascript',
  'typescript',
  'tsx',
  'python',
  'ruby',
  'php',
  'go',
  'java',
  'rust',
  'cpp',
]

const COMPRESSION = {
  [constants.BROTLI_PARAM_QUALITY]: 9,
  [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
}

// Build into a temporary folder and rename it, so that a server that starts meanwhile finds a complete program.
const output = await mkdtemp('.dist-')

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // The CommonJS build of jsonc-parser cannot be bundled.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  // An optional peer dependency: without it, page checks are reported as "not checked".
  external: ['playwright-core'],
  metafile: true,
  logLevel: 'warning',
}

const program = await build({
  ...shared,
  // A thread renders Markdown, so that is a file of its own.
  entryPoints: { cli: 'src/cli/main.ts', 'markdown-worker': 'src/page/markdown-worker.ts' },
  outdir: output,
  splitting: true,
  minifySyntax: true,
  chunkNames: 'chunks/[name]-[hash]',
  // Bundled CommonJS packages load Node's built-in modules with `require`,
  // and tree-sitter asks for its own file.
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      "import { fileURLToPath as __fileURLToPath } from 'node:url'; const __filename = __fileURLToPath(import.meta.url);",
    ].join('\n'),
  },
})

// Clients start this for every tool call, so it is one small file. Node starts CommonJS in a shorter time than an ES module.
const hook = await build({
  ...shared,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  entryPoints: { hook: 'src/hook/main.ts' },
  outdir: output,
  minify: true,
})

// Reporters run inside the user's test runner, so each is a separate file.
const modules = await build({
  ...shared,
  entryPoints: {
    vitest: 'src/runner/reporters/vitest.ts',
    'node-test': 'src/runner/reporters/node-test.ts',
  },
  outdir: `${output}/reporters`,
})

// Jest, Mocha and Playwright load their reporters with `require`.
const scripts = await build({
  ...shared,
  format: 'cjs',
  entryPoints: {
    jest: 'src/runner/reporters/jest.ts',
    mocha: 'src/runner/reporters/mocha.ts',
    playwright: 'src/runner/reporters/playwright.ts',
  },
  outdir: `${output}/reporters`,
  outExtension: { '.js': '.cjs' },
  footer: { js: 'module.exports = module.exports.default' },
})

// Reporters in other languages are copied unchanged.
await cp('src/runner/reporters/python', `${output}/reporters/python`, { recursive: true })
await cp('src/runner/reporters/ruby', `${output}/reporters/ruby`, { recursive: true })

// The parser and its grammars, which are loaded when a file of the language is parsed.
const parsers = 'node_modules/@vscode/tree-sitter-wasm/wasm'
await cp(`${parsers}/tree-sitter.wasm`, `${output}/tree-sitter/tree-sitter.wasm`)
for (const grammar of GRAMMARS) {
  const name = `tree-sitter-${grammar}.wasm`
  // A tenth of the size, for some milliseconds when it is loaded.
  const compressed = brotliCompressSync(await readFile(`${parsers}/${name}`), {
    params: COMPRESSION,
  })
  await writeFile(`${output}/tree-sitter/${name}.br`, compressed)
}

const page = await buildPage(`${output}/page.html`)
const metafiles = [program, hook, modules, scripts].map(({ metafile }) => metafile).concat(page)
const notices = [noticesOf(metafiles), grammarNotices(GRAMMARS)].join(`\n\n${'-'.repeat(80)}\n`)
await writeFile(`${output}/THIRD-PARTY-NOTICES.txt`, `${notices}\n`)

await chmod(`${output}/cli.js`, 0o755)
await chmod(output, 0o755)
const previous = `${output}-previous`
await rename('dist', previous).catch(() => undefined)
await rename(output, 'dist')
await rm(previous, { recursive: true, force: true })
