import { readFileSync } from 'node:fs'
import path from 'node:path'
import { packageRoot } from '../runner/package-root.ts'

interface PageFile {
  html: string
  build: string
  policy: string
}

let page: PageFile | undefined

/** The page: one file without anything to load. */
export function pageHtml(): string {
  return pageFile().html
}

/** Names the build of the page, so that an older page notices that it is one. */
export function buildOfPage(): string {
  return pageFile().build
}

/** The content security policy, with the hashes of the page's script and style. No other page may show it in a frame. */
export function pagePolicy(): string {
  return `${pageFile().policy}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
}

function pageFile(): PageFile {
  page ??= readPage()
  return page
}

function readPage(): PageFile {
  const html = readFileSync(path.join(packageRoot(), 'dist', 'page.html'), 'utf8')
  const [, policy = "default-src 'none'"] =
    /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? []
  const [, build = ''] = /name="build" content="(\w*)"/.exec(html) ?? []
  return { html, build, policy }
}
