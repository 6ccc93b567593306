import process from 'node:process'
import { styleText } from 'node:util'
import type { Progress } from './answers.ts'

type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

const COLOURED = process.stdout.isTTY && !process.env['NO_COLOR']

/** Text in a colour, on a terminal that wants colours. */
export function coloured(colour: Colour, text: string): string {
  // Without `validateStream` Node asks the terminal by itself, in its own way in each version.
  return COLOURED ? styleText(colour, text, { validateStream: false }) : text
}

export function print(text = ''): void {
  process.stdout.write(`${text}\n`)
}

export function heading(text: string): void {
  print(`\n${coloured('bold', text)}`)
}

/** One thing that happened to a task: a sign, a word, and what was seen. */
export function event(colour: Colour, sign: string, word: string, seen: string): void {
  print(`  ${coloured(colour, `${sign} ${word.padEnd(WORD)}`)} ${seen}`)
}

/** Another line of an event. */
export function more(text: string): void {
  print(`  ${' '.repeat(WORD + 2)} ${coloured('dim', text)}`)
}

/** A sentence broken at spaces into lines that fit beside the words. */
export function wrapped(text: string): string[] {
  const lines: string[] = []
  let rest = text
  while (rest.length > WIDTH) {
    const space = rest.lastIndexOf(' ', WIDTH)
    const end = space > 0 ? space : WIDTH
    lines.push(rest.slice(0, end))
    rest = rest.slice(end).trimStart()
  }
  return [...lines, rest]
}

/** How far the feature has come, as a bar. */
export function bar({ done, total, percent, owed, claimed }: Progress): string {
  const owing = owed > 0 ? ` · owed: tests of ${owed} task${owed === 1 ? '' : 's'}` : ''
  const claims = claimed > 0 ? ` · claimed: ${claimed}` : ''
  const blocks = coloured('green', '█'.repeat(done)) + coloured('dim', '░'.repeat(total - done))
  return `${blocks} ${done}/${total} (${percent}%)${claims}${owing}`
}

const WORD = 8
const WIDTH = 100 - WORD - 5
