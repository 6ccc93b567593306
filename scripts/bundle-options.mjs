/** How this project bundles programs. The benchmark bundles the smallest possible server in the same way. */
export const sharedOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // The CommonJS build of jsonc-parser cannot be bundled.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  // Optional peer dependencies: without playwright-core, page checks are reported as "not checked"; pg is for a shared store.
  external: ['pg', 'playwright-core'],
  metafile: true,
  logLevel: 'warning',
}

export const programOptions = {
  ...sharedOptions,
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
}
