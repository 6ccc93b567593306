// Bundles the program into dist/: one file to start quickly, the rest in chunks that load at first use.
import { rm, chmod } from 'node:fs/promises'
import { build } from 'esbuild'

await rm('dist', { recursive: true, force: true })

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // jsonc-parser's CommonJS form cannot be bundled.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'warning',
}

await build({
  ...shared,
  entryPoints: { cli: 'src/cli/main.ts' },
  outdir: 'dist',
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
  outdir: 'dist/reporters',
})

await chmod('dist/cli.js', 0o755)
