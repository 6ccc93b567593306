import process from 'node:process'
import { styleText } from 'node:util'
import type { Progress } from './answers.ts'

type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

let usesColours = process.stdout.isTTY && !process.env['NO_COLOR']

/** Uses colours even when the output is not a terminal. */
export function forceColours(): void {
  usesColours = true
}

let isSilent = false

/** Prints nothing from now on, for a measurement that plays a demo. */
export function silence(): void {
  isSilent = true
}

/** The text in a colour, when the output uses colours. */
export function coloured(colour: Colour, text: string): string {
  // Node's own check of the stream differs between versions.
  return usesColours ? styleText(colour, text, { validateStream: false }) : text
}

export function print(text = ''): void {
  if (!isSilent) process.stdout.write(`${text}\n`)
}

export function heading(text: string): void {
  print(`\n${coloured('bold', text)}`)
}

/** One thing that happened to a task: a symbol, a label, and a description. */
export function event(colour: Colour, symbol: string, label: string, description: string): void {
  print(`  ${coloured(colour, `${symbol} ${label.padEnd(LABEL)}`)} ${description}`)
}

/** Another line of an event. */
export function more(text: string): void {
  print(`  ${' '.repeat(LABEL + 2)} ${coloured('dim', text)}`)
}

/** A text, broken at spaces into lines that fit beside the labels. */
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

/** The progress of the feature as a bar. */
export function bar({ done, total, percent, owed, claimed }: Progress): string {
  const pending = owed > 0 ? ` · tests pending: ${owed} task${owed === 1 ? '' : 's'}` : ''
  const unverified = claimed > 0 ? ` · unverified: ${claimed}` : ''
  const blocks = coloured('green', '█'.repeat(done)) + coloured('dim', '░'.repeat(total - done))
  return `${blocks} ${done}/${total} (${percent}%)${unverified}${pending}`
}

const LABEL = 8
const WIDTH = 100 - LABEL - 5
