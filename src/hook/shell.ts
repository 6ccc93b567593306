import { HUMAN_COMMANDS } from '../runner/own-command.ts'

/** A simple command of a shell line: its words, and the files that it redirects output to. */
interface SimpleCommand {
  words: string[]
  targets: string[]
}

/** Programs that run another command, given as words or as one text. */
const RUNNERS =
  /^(?:script|bash|sh|zsh|dash|expect|eval|unbuffer|timeout|xargs|nice|nohup|setsid|stdbuf|sudo|env|exec|command|time|yes)$/

/** The human's command that a shell line runs, such as `approve`. */
export function humanCommandIn(line: string, depth = 0): string | undefined {
  if (depth > 3) return undefined
  for (const { words } of simpleCommands(line)) {
    const found = humanCommandOf(words)
    if (found !== undefined) return found
    if (!RUNNERS.test(baseName(words[0] ?? ''))) continue
    for (const [index, word] of words.entries()) {
      if (index === 0) continue
      const nested = word.includes(' ')
        ? humanCommandIn(word, depth + 1)
        : humanCommandOf(words.slice(index))
      if (nested !== undefined) return nested
    }
  }
  return undefined
}

function humanCommandOf(words: readonly string[]): string | undefined {
  let rest = words
  const first = baseName(rest[0] ?? '')
  if (/^(?:npx|bunx|pnpx)$/.test(first)) rest = withoutFlags(rest.slice(1))
  else if (/^(?:npm|pnpm|yarn|bun)$/.test(first) && /^(?:exec|dlx|x)$/.test(rest[1] ?? ''))
    rest = withoutFlags(rest.slice(2))
  else if (first === 'node' || first === 'node.exe') rest = withoutFlags(rest.slice(1))
  if (!/^redgreen(?:-mcp)?(?:@.*)?$|^cli\.js$/.test(baseName(rest[0] ?? ''))) return undefined
  if (baseName(rest[0] ?? '') === 'cli.js' && !/redgreen|dist\//.test(rest[0] ?? ''))
    return undefined
  if (rest.includes('--help') || rest.includes('-h')) return undefined
  return HUMAN_COMMANDS.find(command => command === rest[1])
}

function withoutFlags(words: readonly string[]): readonly string[] {
  const at = words.findIndex(word => !word.startsWith('-'))
  return at < 0 ? [] : words.slice(at)
}

/** The files that a shell line writes or removes, as far as that is plain to see. */
export function writtenBy(line: string): string[] {
  return simpleCommands(line).flatMap(({ words, targets }) => [...targets, ...writtenWords(words)])
}

/** The program of an in-place edit and the files that it changes. */
export function inPlaceEdits(line: string): { script: string; files: string[] }[] {
  return simpleCommands(line).flatMap(({ words }) => {
    const isInPlace =
      /^(?:sed|perl)$/.test(baseName(words[0] ?? '')) &&
      words.some(word => /^-[a-z]*i|^--in-place/.test(word))
    return isInPlace ? [{ script: words.join(' '), files: words.slice(1) }] : []
  })
}

function writtenWords(words: readonly string[]): string[] {
  const [program = '', ...args] = words
  const files = args.filter(word => !word.startsWith('-'))
  switch (baseName(program)) {
    case 'tee':
    case 'rm':
    case 'rmdir':
    case 'unlink':
    case 'mv':
    case 'truncate':
    case 'touch':
    case 'shred':
      return files
    case 'cp':
    case 'ln':
    case 'install':
    case 'rsync':
      return files.slice(-1)
    case 'dd':
      return args.flatMap(word => (word.startsWith('of=') ? [word.slice(3)] : []))
    case 'sed':
    case 'perl':
      return args.some(word => /^-[a-z]*i|^--in-place/.test(word)) ? files : []
    case 'git':
      return gitWrites(args)
    default:
      return []
  }
}

/** Files that git restores or removes, and references of redgreen that it changes (as `.redgreen`). */
function gitWrites(args: readonly string[]): string[] {
  const isGlobal = /^-[Cc]$/.test(args[0] ?? '')
  const [command = '', ...rest] = withoutFlags(isGlobal ? args.slice(2) : args)
  if (['checkout', 'restore', 'rm', 'mv', 'clean'].includes(command))
    return rest.filter(word => !word.startsWith('-'))
  const touches = rest.some(word => word.startsWith('refs/redgreen/'))
  return command === 'update-ref' && touches ? ['.redgreen/refs'] : []
}

/** The simple commands of a line. The texts of here-documents and comments are no commands. */
function simpleCommands(line: string): SimpleCommand[] {
  const text = line.replace(HERE_DOCUMENT, '$1')
  const commands: SimpleCommand[] = [{ words: [], targets: [] }]
  let redirects = false
  for (const [token, operator, quoted] of tokens(text)) {
    const current = commands.at(-1)
    if (operator === 'redirect') redirects = true
    else if (operator === 'end') commands.push({ words: [], targets: [] })
    else if (redirects) {
      current?.targets.push(token)
      redirects = false
    } else if (current && (current.words.length > 0 || quoted || !/^\w+=/.test(token)))
      current.words.push(token)
  }
  return commands
}

const HERE_DOCUMENT = /(<<-?\s*(['"]?)(\w+)\2[^\n]*)\n[\s\S]*?\n\s*\3(?=\n|$)/g

const TOKEN =
  /(\d?>>?\|?(?!&)|&>>?)|(\|\||&&|[;|&\n(){}])|((?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s;|&(){}<>"'\\])+)|<+/g

function* tokens(text: string): Generator<[string, 'redirect' | 'end' | 'word', boolean]> {
  for (const [token, redirect, end, word] of text.matchAll(TOKEN)) {
    if (redirect !== undefined) yield [token, 'redirect', false]
    else if (end !== undefined) yield [token, 'end', false]
    else if (word !== undefined) yield [unquoted(word), 'word', /^["']/.test(word)]
  }
}

function unquoted(word: string): string {
  return word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_all, double, single, escaped) =>
    String(double ?? single ?? escaped),
  )
}

function baseName(program: string): string {
  return program.split(/[\\/]/).at(-1) ?? ''
}
