/** A simple command of a shell line: its words, and the files that it redirects output to. */
export interface SimpleCommand {
  words: string[]
  targets: string[]
  /** Where it runs, relative to the folder of the line; `undefined` if the line does not say it. */
  folder: string | undefined
}

/** The simple commands of a line, and those that they run in turn, given as words or as one text. */
export function simpleCommandsIn(line: string, depth = 0): SimpleCommand[] {
  return commandsOf(line).flatMap(command => [
    command,
    ...(depth < MAX_DEPTH && RUNNERS.test(baseName(command.words[0] ?? ''))
      ? commandsRunBy(command, depth + 1)
      : []),
  ])
}

const MAX_DEPTH = 3

/** Programs that run another command. */
const RUNNERS =
  /^(?:script|bash|sh|zsh|dash|expect|eval|unbuffer|timeout|xargs|nice|nohup|setsid|stdbuf|sudo|env|exec|command|time|yes)$/

function commandsRunBy({ words, folder }: SimpleCommand, depth: number): SimpleCommand[] {
  return words.slice(1, MAX_WORDS).flatMap((word, index) => {
    if (!word.includes(' ')) return [{ words: words.slice(index + 1), targets: [], folder }]
    const nested = simpleCommandsIn(word, depth)
    return nested.map(one => ({ ...one, folder: below(folder, one.folder) }))
  })
}

/** A command behind more options than that is nobody's. */
const MAX_WORDS = 40

/** The texts of here-documents and comments are not commands. */
function commandsOf(line: string): SimpleCommand[] {
  const commands: SimpleCommand[] = []
  const outer: (string | undefined)[] = []
  let folder: string | undefined = ''
  let current: SimpleCommand = { words: [], targets: [], folder }
  let redirects = false
  for (const [token, kind, quoted] of tokens(withoutHereDocuments(line).slice(0, MAX_LENGTH))) {
    if (kind === 'redirect') redirects = true
    else if (kind === 'end') {
      if (current.words.length + current.targets.length > 0) commands.push(current)
      folder = folderAfter(current)
      if (token === '(') outer.push(folder)
      // What a command in parentheses does with its folder ends there.
      if (token === ')' && outer.length > 0) folder = outer.pop()
      current = { words: [], targets: [], folder }
    } else if (redirects) {
      current.targets.push(token)
      redirects = false
    } else if (current.words.length > 0 || quoted || !/^\w+=/.test(token)) current.words.push(token)
  }
  return [...commands, current]
}

function folderAfter({ words, folder }: SimpleCommand): string | undefined {
  const [program = '', to = ''] = words
  if (program === 'popd') return undefined
  if (program !== 'cd' && program !== 'pushd') return folder
  return words.length === 2 && /^[^-~$`*?]+$/.test(to) ? below(folder, to) : undefined
}

/** A path that is relative to a folder, unless it is absolute; `undefined` if one of them is unknown. */
export function below(folder: string | undefined, file: string | undefined): string | undefined {
  if (file === undefined) return undefined
  if (folder === '' || /^(?:[\\/]|[A-Za-z]:)/.test(file)) return file
  return folder === undefined ? undefined : `${folder}/${file}`
}

/** The rest of a longer line is not looked at: the client waits for the hook. */
const MAX_LENGTH = 20_000

/** Drops the lines between `<<WORD` and the line with that word. Each line is looked at once, however many words have no such line. */
function withoutHereDocuments(text: string): string {
  const lines = text.split('\n')
  const last = new Map(lines.map((line, index) => [line.trim(), index]))
  const kept: string[] = []
  let end: string | undefined
  for (const [index, line] of lines.entries()) {
    if (end === undefined) {
      kept.push(line)
      const word = HERE_DOCUMENT.exec(line)?.[2]
      if (word !== undefined && (last.get(word) ?? 0) > index) end = word
    } else if (line.trim() === end) end = undefined
  }
  return kept.join('\n')
}

const HERE_DOCUMENT = /<<-?\s*(['"]?)(\w+)\1/

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

/** The name of a program without its folder. */
export function baseName(program: string): string {
  return program.split(/[\\/]/).at(-1) ?? ''
}
