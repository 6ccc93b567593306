import {
  closesKey,
  isKeyBody,
  opensKey,
  REDACTED,
  redact,
  redactTokens,
  withoutSecrets,
} from './redact.ts'
import { withOwnCommand } from './own-command.ts'

/**
 * Cleans text that leaves the program: answers, refusals, resources, command output, reports and questions. Removes characters
 * that control a terminal or hide text from the reader, and redacts values that have the form of a secret.
 */
export function safeText(text: string): string {
  return printable(redactKeys(text, redactTokens))
}

/** A message of this program: `safeText`, and commands named as they work in this installation. */
export function safeMessage(text: string): string {
  return withOwnCommand(safeText(text))
}

/** `safeText` for every string of a JSON value, keys included. */
export function safeValue<Value>(value: Value): Value
export function safeValue(value: unknown): unknown {
  if (typeof value === 'string') return safeText(value)
  if (Array.isArray(value)) return value.map(part => safeValue<unknown>(part))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [safeText(key), safeValue<unknown>(part)]),
  )
}

/**
 * The structured form of an answer: `safeValue`, and commands named as they work in this installation where this program speaks.
 * Titles, names of tests and output stay as they are, because a caller may send them back.
 *
 * @param own what happens to the words of this program
 */
export function safeAnswer<Value>(value: Value, own?: (text: string) => string): Value
export function safeAnswer(value: unknown, own = safeMessage): unknown {
  if (Array.isArray(value)) return value.map(part => safeAnswer<unknown>(part, own))
  if (typeof value !== 'object' || value === null) return safeValue(value)
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      safeText(key),
      OWN_WORDS.has(key) ? ownWords(part, own) : safeAnswer<unknown>(part, own),
    ]),
  )
}

/** Fields in which this program speaks, in any answer. */
const OWN_WORDS: ReadonlySet<string> = new Set(['say', 'messages', 'notes', 'remedy', 'fix'])

function ownWords(value: unknown, own: (text: string) => string): unknown {
  if (typeof value === 'string') return own(value)
  return Array.isArray(value) ? value.map(part => ownWords(part, own)) : safeAnswer(value, own)
}

/** Cleans text of a program, such as a failure message, before it is stored or shown. `secrets` are values known to be secret. */
export function safeProgramText(text: string, secrets: readonly string[] = []): string {
  return printable(redactKeys(withoutSecrets(text, secrets), redact))
}

/** Joins the lines of a text, so that it cannot start a new line when it is inserted into another line. */
export function oneLine(text: string): string {
  return withoutLineEnds(text).trim()
}

/** Joins lines of which none can become several: a name or title in one cannot begin another line. */
export function joinAsLines(lines: readonly string[]): string {
  return lines.map(withoutLineEnds).join('\n')
}

/** A space stands for each line end and the white space around it. A pattern for that would take quadratic time. */
export function withoutLineEnds(text: string): string {
  const parts = text.split(LINE_END)
  const last = parts.length - 1
  return parts
    .map((part, at) => (at > 0 ? part.trimStart() : part))
    .map((part, at) => (at < last ? part.trimEnd() : part))
    .filter((part, at) => part !== '' || at === 0 || at === last)
    .join(' ')
}

const LINE_END = /[\n\r\u0085\u2028\u2029]/

/** Formats a text as a Markdown quotation, so that a reader can distinguish it from redgreen's own text. */
export function quotation(text: string): string {
  return text
    .trim()
    .split(/\r?\n|[\r\u0085\u2028\u2029]/)
    .map(line => `> ${line}`.trimEnd())
    .join('\n')
}

/**
 * Puts text of a program or a file between two fences that it cannot close, so that a reader can distinguish it from redgreen's own
 * text. It is cleaned first, because cleaning could put a fence together.
 */
export function inCodeFence(text: string): string {
  const safe = safeText(text)
  const runs = Array.from(safe.matchAll(/`{3,}/g), ([run]) => run.length)
  const fence = '`'.repeat(Math.max(3, ...runs) + 1)
  return `${fence}\n${safe}\n${fence}`
}

/** Replaces control, bidirectional and zero-width characters by a space. Line feeds and tabs stay. */
function printable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(ESCAPE_SEQUENCE, '')
    .replace(INVISIBLE, character => (character === '\n' || character === '\t' ? character : ' '))
}

// Matches whole sequences, so that no `[31m` is left. Incomplete sequences lose their escape character below.
const ESCAPE_SEQUENCE =
  // oxlint-disable-next-line no-control-regex
  /(?:\u001b\[|\u009b)[0-?]{0,40}[ -/]{0,10}[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c\n]{0,2000}(?:\u0007|\u001b\\|\u009c)/g

// Joiners between the parts of an emoji, or between letters of scripts that need them, have a visible effect and stay.
const JOINED = String.raw`\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Gujarati}`
const INVISIBLE = new RegExp(
  String.raw`(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])(?<![${JOINED}])[\u200c\u200d]|[\u200c\u200d](?![\p{Extended_Pictographic}${JOINED}])|[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]`,
  'gu',
)

/** Redacts private keys, which span several lines, and cleans all other lines together. */
function redactKeys(text: string, clean: (text: string) => string): string {
  if (!text.includes('PRIVATE KEY')) return clean(text)
  let inside = false
  const lines = text.split('\n').map(line => {
    if (inside) {
      inside = isKeyBody(line) && !closesKey(line)
      if (inside || closesKey(line)) return line === '' ? '' : REDACTED
    }
    inside = opensKey(line)
    return line
  })
  return clean(lines.join('\n'))
}

/** The last lines of a program's output between fences: output is data, not text of ours. */
export function codeBlock(output: string, lines = 15): string {
  const tail = output.trimEnd().split('\n').slice(-lines).join('\n')
  return tail === '' ? '' : inCodeFence(tail)
}
