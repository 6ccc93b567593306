import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { promisify, stripVTControlCharacters } from 'node:util'
import { animation, type TimedLine } from './animation.ts'
import { excerpt, transcriptPage, withFixedValues } from './transcript.ts'

/** Seconds before a line, by its form. */
const DELAYS: readonly [RegExp, number][] = [
  [/^T\d{3} |^In a fresh clone/, 1],
  [/^ {2}[!⊘] /, 1],
  [/^ {2}[✗✓☑] /, 1.4],
]
const PAUSE_AT_END = 6

// Runs the demo and writes docs/demo.md (the whole output) and docs/demo.svg (an animation of a part of it).
const args = ['scripts/run.mjs', 'scripts/demo/main.ts', '--color']
const { stdout } = await promisify(execFile)(process.execPath, args)
const output = withFixedValues(stdout)

writeFileSync('docs/demo.md', transcriptPage(output))

const blocks = excerpt(output, ['T006 ', 'In a fresh clone'])
const lines = [['$ npm run demo'], ...blocks].flatMap(block => [...block, '']).slice(0, -1)
const timed = paced(lines)
const title =
  'A test that already passes is refused, then red; a weaker test is refused, then green; the task is ticked in the plan.'
writeFileSync('docs/demo.svg', animation(title, timed, (timed.at(-1)?.at ?? 0) + PAUSE_AT_END))

/** Times for reading rather than those of the run, so that the animation is the same each time. */
function paced(texts: readonly string[]): TimedLine[] {
  let at = 0
  return texts.map(text => {
    const plain = stripVTControlCharacters(text)
    at += DELAYS.find(([form]) => form.test(plain))?.[1] ?? 0.05
    return { text, at }
  })
}
