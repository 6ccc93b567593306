import { globPattern, isGlob, type PathPattern } from './glob.ts'

/**
 * The patterns of test files that an option of a configuration file names, whatever its format: JSON, YAML, TOML, INI, a list of
 * arguments or JavaScript with literal values. A pattern without a folder stands for files in any folder, and a folder for all
 * files in it.
 */
export function patternsIn(text: string | undefined, option: string): PathPattern[] {
  const start = new RegExp(String.raw`(?:^|[\s{,"'])${option}["']?[ \t]*[:= ]`, 'm').exec(
    text ?? '',
  )
  if (text === undefined || start === null) return []
  const rest = text.slice(start.index + start[0].length)
  return valueOf(rest)
    .split(/[\s"',[\]]+/)
    .map(word => word.replace(/^-$/, ''))
    .filter(word => /[./*]/.test(word) && !word.startsWith('!'))
    .map(toPattern)
}

/** The value of an option: a list in brackets, a text in quotes, the rest of its line, or the indented lines below it. */
function valueOf(text: string): string {
  const list = /^\s*(\[[^\]]*\])/.exec(text)?.[1]
  const quoted = /^[ \t]*(["'])(.*?)\1/.exec(text)?.[2]
  const [line = '', ...others] = text.split('\n')
  if (list !== undefined || quoted !== undefined) return list ?? quoted ?? ''
  if (line.trim() !== '') return line
  const end = others.findIndex(other => !/^[ \t]+\S|^-/.test(other))
  return others.slice(0, end < 0 ? others.length : end).join('\n')
}

function toPattern(word: string): PathPattern {
  const path = word.replace(/^\.\//, '').replace(/\/$/, '')
  if (!isGlob(path)) return globPattern(`${path}{,/**}`)
  return globPattern(path.includes('/') ? path : `**/${path}`)
}
