import type { RunnerSyntax } from './programs.ts'

/** How a script calls a test runner. */
export interface RunnerUse {
  /** Name of the framework. */
  framework: string
  /** The program by which it is called. */
  program: string
  env: Record<string, string>
  /** Options of Node before the runner. */
  nodeFlags: string[]
  /** A program that runs JavaScript files in place of Node, such as `tsx`. */
  loader?: string
  /** Programs around it that set up its environment, with their arguments. */
  wrappers: Wrapper[]
  /** Its options, without those that redgreen sets itself. */
  options: RunnerOption[]
  /** Its other arguments: files, folders and patterns. */
  targets: string[]
  /** Commands that the script runs before it. */
  before: string[]
}

/** An option with its value, as words. */
interface RunnerOption {
  name: string
  words: string[]
}

export interface Wrapper {
  program: string
  package: string
  words: string[]
  coverage: boolean
}

export function splitOptions(
  words: readonly string[],
  syntax: RunnerSyntax | undefined,
): Pick<RunnerUse, 'options' | 'targets'> {
  const options: RunnerOption[] = []
  const targets: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('-') || word === '-') {
      targets.push(word)
      continue
    }
    if (word === '--') continue
    const name = word.replace(/=[^]*$/, '')
    const option: RunnerOption = { name, words: [word] }
    const takes = name !== word ? 0 : countOfValues(name, words.slice(at + 1), syntax)
    option.words.push(...words.slice(at + 1, at + 1 + takes))
    at += takes
    if (!syntax?.dropped.test(name)) options.push(option)
  }
  return { options, targets }
}

function countOfValues(
  name: string,
  next: readonly string[],
  syntax: RunnerSyntax | undefined,
): number {
  if (syntax?.lists?.includes(name)) {
    const end = next.findIndex(word => word.startsWith('-'))
    return end < 0 ? next.length : end
  }
  return syntax?.values.includes(name) && next.length > 0 ? 1 : 0
}
