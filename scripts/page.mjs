// Bundles the live page into one HTML file without anything to load. The policy in it allows exactly its own script and style.
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { build } from 'esbuild'

const FOLDER = 'src/page/browser'

/** Writes the page into a file, and returns what the bundler says about the packages in it. */
export async function buildPage(file) {
  const { outputFiles, metafile } = await build({
    entryPoints: { script: `${FOLDER}/main.tsx`, style: `${FOLDER}/page.css` },
    outdir: 'nowhere',
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    write: false,
  })
  const textOf = name => outputFiles.find(({ path }) => path.endsWith(name))?.text.trim() ?? ''
  const script = textOf('script.js')
  const style = textOf('style.css')
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "connect-src 'self'",
    'img-src data:',
  ].join('; ')
  const name = createHash('sha256').update(script).update(style).digest('hex').slice(0, 12)
  await writeFile(file, pageOf({ policy, name, style, script }))
  return metafile
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='11' cy='16' r='8' fill='%23c4392b'/%3E%3Ccircle cx='21' cy='16' r='8' fill='%232f8f4e' fill-opacity='.9'/%3E%3C/svg%3E"

function pageOf({ policy, name, style, script }) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="build" content="${name}">
<link rel="icon" href="${ICON}">
<title>redgreen</title>
<style>${style}</style>
</head>
<body>
<div id="root"></div>
<noscript>This page needs JavaScript. <code>redgreen status</code> shows the same in a terminal.</noscript>
<script type="module">${script}</script>
</body>
</html>
`
}

function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
