import { grammarOf } from './grammars/index.ts'

/**
 * A changed text of a file with its original text as a comment at the end. A test that reads the code as text and does not run it finds
 * there what it looks for, so it does not notice the change.
 */
export function withOriginal(file: string, changed: string, original: string | undefined): string {
  const name = grammarOf(file)?.name
  if (name === undefined || original === undefined || UNSAFE[name]?.test(original)) return changed
  const [start, end] = COMMENTS[name] ?? ['/*', '*/']
  return `${changed}\n${start}\n${withoutMarks(name, original)}\n${end}\n`
}

/** How a text over several lines begins and ends. That of Python is a value that nobody uses. */
const COMMENTS: Readonly<Record<string, readonly [string, string]>> = {
  python: ["r'''", "'''"],
  ruby: ['=begin', '=end'],
}

/** Texts after whose end code would be none, or with which a comment could end or begin elsewhere. */
const UNSAFE: Readonly<Record<string, RegExp>> = {
  php: /\?>/,
  ruby: /^(?:__END__|=begin|=end)/m,
  java: /\\u/,
  // A line that ends with a backslash continues in the next one.
  cpp: /\*\\\r?\n/,
}

/** What would end the comment early stands in it with spaces. */
function withoutMarks(name: string, text: string): string {
  return name === 'python'
    ? text.replaceAll(/'(?=')/g, "' ")
    : text.replaceAll('*/', '* /').replaceAll('/*', '/ *')
}
