import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const PAGES = execFileSync('git', ['ls-files', '*.md', 'docs/**/*.md', '.github/**/*.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter(file => /^([^/]+\.md|(docs|\.github)\/.*\.md)$/.test(file) && existsSync(file))

it.each(PAGES)('every link in %s leads to a file, and every anchor to a heading', page => {
  expect(brokenLinks(page, readFileSync(page, 'utf8'))).toEqual([])
})

it('finds a link to a missing file, and a missing heading', () => {
  const text = '[a](missing.md) [b](README.md#why) [c](README.md#nowhere) [d](https://example.com)'
  expect(brokenLinks('README.md', text)).toEqual(['missing.md', 'README.md#nowhere'])
})

function brokenLinks(page: string, text: string): string[] {
  const prose = text.replaceAll(/^```[^]*?^```/gm, '')
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => target ?? [])
  return targets.filter(target => !/^[a-z]+:/.test(target) && !exists(page, target))
}

function exists(page: string, target: string): boolean {
  const [file = '', anchor] = target.split('#')
  const linked = file === '' ? page : path.join(path.dirname(page), file)
  if (!existsSync(linked)) return false
  return anchor === undefined || headingsOf(linked).includes(anchor)
}

/** The anchors that GitHub gives the headings of a page. */
function headingsOf(page: string): string[] {
  const headings = readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
