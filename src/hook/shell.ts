import { HUMAN_COMMANDS } from '../runner/own-command.ts'
import { baseName, below, simpleCommandsIn } from './simple-commands.ts'

/** The human's command that a shell line runs, such as `approve`. */
export function humanCommandIn(line: string): string | undefined {
  return simpleCommandsIn(line)
    .map(({ words }) => humanCommandOf(words))
    .find(command => command !== undefined)
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

/** The files that a shell line writes or removes, as far as that is plain to see. They may be patterns of the shell. */
export function writtenBy(line: string): string[] {
  return simpleCommandsIn(line).flatMap(({ words, targets, folder }) =>
    [...targets, ...writtenWords(words)].flatMap(file => below(folder, file) ?? []),
  )
}

/** The program of an in-place edit and the files that it changes. */
export function inPlaceEdits(line: string): { script: string; files: string[] }[] {
  return simpleCommandsIn(line).flatMap(({ words, folder }) => {
    const isInPlace =
      /^(?:sed|perl)$/.test(baseName(words[0] ?? '')) &&
      words.some(word => /^-[a-z]*i|^--in-place/.test(word))
    const files = words.slice(1).flatMap(file => below(folder, file) ?? [])
    return isInPlace ? [{ script: words.join(' '), files }] : []
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
    case 'find':
      return args.some(word => word === '-delete' || REMOVES.test(baseName(word)))
        ? args.slice(
            0,
            Math.max(
              args.findIndex(word => word.startsWith('-')),
              0,
            ),
          )
        : []
    case 'git':
      return gitWrites(args)
    default:
      return []
  }
}

/** Programs that `find` runs on what it finds. */
const REMOVES = /^(?:rm|unlink|shred|truncate)$/

/** Files that git restores or removes, and references of redgreen that it changes (as `.redgreen`). */
function gitWrites(args: readonly string[]): string[] {
  const isGlobal = /^-[Cc]$/.test(args[0] ?? '')
  const [command = '', ...rest] = withoutFlags(isGlobal ? args.slice(2) : args)
  if (['checkout', 'restore', 'rm', 'mv', 'clean'].includes(command))
    return rest.filter(word => !word.startsWith('-'))
  const touches = rest.some(word => word.startsWith('refs/redgreen/'))
  return command === 'update-ref' && touches ? ['.redgreen/refs'] : []
}
