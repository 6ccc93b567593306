import { sharedOptions, UsageError, type Command, type CommandOptions } from './command.ts'
import { quoted } from './shell-line.ts'

/** Prints a script for shell completion, generated from the table of commands. */
export function completionCommand(all: () => readonly Command[]): Command {
  return {
    name: 'completion',
    usage: '[SHELL]',
    summary: 'print a script for shell completion',
    description:
      'Prints a script that completes commands and options in your shell: bash, zsh or fish. Load it in the start file of the shell. It works for the names redgreen and redgreen-mcp on your PATH.',
    arguments: { SHELL: 'bash, zsh or fish. Default: the shell in the variable SHELL.' },
    examples: [
      'redgreen completion bash >> ~/.bashrc',
      'redgreen completion zsh >> ~/.zshrc',
      'redgreen completion fish > ~/.config/fish/completions/redgreen.fish',
    ],
    anywhere: true,
    async run(_call, { positionals: [named] }) {
      const shell = named ?? process.env['SHELL']?.split('/').at(-1) ?? ''
      const text = completionScript(shell, all())
      return { data: { shell, script: text }, text }
    },
  }
}

/** The script for a shell. */
export function completionScript(shell: string, commands: readonly Command[]): string {
  const script = SCRIPTS.get(shell)
  if (script) return script(commands)
  throw new UsageError(`There is no completion for "${shell}", only for bash, zsh and fish.`)
}

const SCRIPTS = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
])

const PROGRAMS = ['redgreen', 'redgreen-mcp']

function bash(commands: readonly Command[]): string {
  return [
    '_redgreen() {',
    '  local words',
    '  case "${COMP_WORDS[1]}" in',
    ...commands.map(command => {
      const words = optionsOf(command).map(([name]) => `--${name}`)
      return `    ${command.name}) words="${words.join(' ')}" ;;`
    }),
    '  esac',
    `  [ "$COMP_CWORD" -eq 1 ] && words="${commands.map(({ name }) => name).join(' ')}"`,
    '  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))',
    '}',
    `complete -o default -F _redgreen ${PROGRAMS.join(' ')}`,
  ].join('\n')
}

function zsh(commands: readonly Command[]): string {
  return [
    '_redgreen() {',
    '  local -a found',
    '  if (( CURRENT == 2 )); then',
    `    found=(${commands.map(({ name, summary }) => described(name, summary)).join(' ')})`,
    '    _describe command found',
    '    return',
    '  fi',
    '  case $words[2] in',
    ...commands.map(command => {
      const options = optionsOf(command).map(([name, text]) => described(`--${name}`, text))
      return `    ${command.name}) found=(${options.join(' ')}) ;;`
    }),
    '  esac',
    '  _describe -o option found',
    '  _files',
    '}',
    `(( $+functions[compdef] )) && compdef _redgreen ${PROGRAMS.join(' ')}`,
  ].join('\n')
}

function described(word: string, text: string): string {
  return quoted(`${word}:${firstSentence(text)}`)
}

function fish(commands: readonly Command[]): string {
  return PROGRAMS.flatMap(program =>
    commands.flatMap(command => [
      `complete -c ${program} -n __fish_use_subcommand -f -a ${command.name} -d ${quoted(command.summary)}`,
      ...optionsOf(command).map(([name, text, takesValue]) => {
        const where = `-n '__fish_seen_subcommand_from ${command.name}'`
        const value = takesValue ? ' -r' : ''
        return `complete -c ${program} ${where} -l ${name}${value} -d ${quoted(firstSentence(text))}`
      }),
    ]),
  ).join('\n')
}

/** The options of a command: name, description, and whether it takes a value. */
function optionsOf({ options = {} }: Command): [string, string, boolean][] {
  const all: CommandOptions = { ...options, ...sharedOptions }
  return Object.entries(all).map(([name, { description, type }]) => [
    name,
    description,
    type === 'string',
  ])
}

function firstSentence(text: string): string {
  return text.split(/[.;:](?= |$)/)[0] ?? text
}
