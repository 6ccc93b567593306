// Bundles the program into dist/: one file to start quickly, the rest in chunks that load at first use.
import { chmod, cp, mkdtemp, rename, rm } from 'node:fs/promises'
import { build } from 'esbuild'

// Built aside and put in place at once: a server that starts in the meantime finds the old program or the new one.
const aside = await mkdtemp('.dist-')

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // jsonc-parser's CommonJS form cannot be bundled.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  // Optional: the program runs without it, and says what it could not check.
  external: ['playwright-core'],
  logLevel: 'warning',
}

await build({
  ...shared,
  entryPoints: { cli: 'src/cli/main.ts' },
  outdir: aside,
  splitting: true,
  minifySyntax: true,
  chunkNames: 'chunks/[name]-[hash]',
  // Bundled CommonJS packages ask for Node's own modules with `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
})

// Reporters run inside the user's test runner, so each is a file of its own.
await build({
  ...shared,
  entryPoints: {
    vitest: 'src/runner/reporters/vitest.ts',
    'node-test': 'src/runner/reporters/node-test.ts',
  },
  outdir: `${aside}/reporters`,
})

// Jest and Mocha load theirs with `require`.
await build({
  ...shared,
  format: 'cjs',
  entryPoints: {
    jest: 'src/runner/reporters/jest.ts',
    mocha: 'src/runner/reporters/mocha.ts',
    playwright: 'src/runner/reporters/playwright.ts',
  },
  outdir: `${aside}/reporters`,
  outExtension: { '.js': '.cjs' },
  footer: { js: 'module.exports = module.exports.default' },
})

// Those for other languages are read as they are.
await cp('src/runner/reporters/python', `${aside}/reporters/python`, { recursive: true })

await cp('src/runner/reporters/ruby', `${aside}/reporters/ruby`, { recursive: true })

await chmod(`${aside}/cli.js`, 0o755)
await chmod(aside, 0o755)
const old = `${aside}-old`
await rename('dist', old).catch(() => undefined)
await rename(aside, 'dist')
await rm(old, { recursive: true, force: true })
