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
}

/** What an ES module begins with that contains CommonJS packages: these load Node's built-in modules with `require`. */
export const esmBanner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
}
