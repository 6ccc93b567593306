// Bundles the program into dist/: one small entry file that starts quickly, and chunks that are loaded when needed.
import { chmod, cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'esbuild'
import { programOptions, sharedOptions } from './bundle-options.mjs'
import { convertToCommonJs } from './common-js.mjs'
import { grammarNotices } from './grammar-notices.mjs'
import { noticesOf } from './notices.mjs'
import { buildPage } from './page.mjs'
import { makeStartFile } from './start-file.mjs'

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

const program = await build({
  ...programOptions,
  // A thread renders Markdown, so that is a file of its own.
  entryPoints: { program: 'src/cli/main.ts', 'markdown-worker': 'src/page/markdown-worker.ts' },
  outdir: output,
})

const startFile = await makeStartFile(program.metafile, {
  program: 'src/cli/main.ts',
  server: 'src/server/stdio.ts',
})
const programBuild = await convertToCommonJs([...Object.keys(program.metafile.outputs), startFile])

const entry = await build({
  ...sharedOptions,
  entryPoints: { cli: 'src/cli/start.ts' },
  outdir: output,
  define: { BUILD: JSON.stringify(programBuild) },
})

// Clients start this for every tool call, so it is one small file. Node starts CommonJS in a shorter time than an ES module.
const hook = await build({
  ...sharedOptions,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  entryPoints: { hook: 'src/hook/main.ts' },
  outdir: output,
  banner: { js: '#!/usr/bin/env node' },
  minify: true,
})

// Reporters run inside the user's test runner, so each is a separate file.
const modules = await build({
  ...sharedOptions,
  entryPoints: {
    vitest: 'src/runner/reporters/vitest.ts',
    'vitest-standby': 'src/runner/reporters/vitest-standby.ts',
    'node-test': 'src/runner/reporters/node-test.ts',
  },
  outdir: `${output}/reporters`,
})

// Jest, Mocha and Playwright load their reporters with `require`, as Node does with a file of `--require`.
const scripts = await build({
  ...sharedOptions,
  format: 'cjs',
  entryPoints: {
    jest: 'src/runner/reporters/jest.ts',
    'node-test-gate': 'src/runner/reporters/node-test-gate.ts',
    'node-test-standby': 'src/runner/reporters/node-test-standby.ts',
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
const metafiles = [program, entry, hook, modules, scripts]
  .map(({ metafile }) => metafile)
  .concat(page)
const notices = [noticesOf(metafiles), grammarNotices(GRAMMARS)].join(`\n\n${'-'.repeat(80)}\n`)
await writeFile(`${output}/THIRD-PARTY-NOTICES.txt`, `${notices}\n`)

await chmod(`${output}/cli.js`, 0o755)
await chmod(output, 0o755)
const previous = `${output}-previous`
await rename('dist', previous).catch(() => undefined)
await rename(output, 'dist')
await rm(previous, { recursive: true, force: true })
