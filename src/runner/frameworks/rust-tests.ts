import type { InlineTests } from '../framework.ts'

/** Unit tests in Rust are usually in the same file as the code that they test. */
export const rustTests: InlineTests = {
  holds: path => SOURCE_FILE.test(path) && !TEST_FILE.test(path),
  testsIn(text) {
    const { code, tests } = splitRustSource(text)
    // Tests inside another item cannot be separated from it, so the whole file counts as code.
    return hasTests(code) ? '' : tests
  },
  merge: (code, tests) => withTests(code, splitRustSource(tests).tests),
}

const SOURCE_FILE = /(?:^|\/)src\/(?:.+\/)?[^/]+\.rs$/
/** Pure test files: `src/tests.rs`, `src/a/tests/b.rs`, `src/a_test.rs`. */
const TEST_FILE = /(?:^|\/)src\/(?!.*\/src\/)(?:.*[/_])?tests?(?:\/.*)?\.rs$/

/** The two parts of a source file: the code of the program, and the tests. */
export interface RustParts {
  code: string
  tests: string
}

/**
 * Separates the top-level items of a Rust source into code and tests. Tests are items with the attribute `#[cfg(test)]` or
 * `#[test]`, or a test attribute of a library, such as `#[tokio::test]`. Nested items belong to the item around them.
 */
export function splitRustSource(source: string): RustParts {
  const parts: RustParts = { code: '', tests: '' }
  let at = 0
  while (at < source.length) {
    const isTest = isTestItem(source, at)
    const end = isTest ? endOfItem(source, at) : endOfPiece(source, at)
    parts[isTest ? 'tests' : 'code'] += source.slice(at, end) + (isTest ? '\n' : '')
    at = end
  }
  return parts
}

/** The code of one version of a file with the tests of another. */
export function withTests(source: string, tests: string): string {
  const { code } = splitRustSource(source)
  return tests === '' ? code : `${code}\n${tests}`
}

const ATTRIBUTE = /#\[/y
const SPACE_OR_COMMENT = /\s+|\/\/[^\n]*/y

/** Does an item with a test attribute start here? */
function isTestItem(source: string, start: number): boolean {
  for (let at = start; matchAt(ATTRIBUTE, source, at);) {
    const end = endOfGroup(source, at + 1)
    if (isTestAttribute(source.slice(at + 2, end - 1))) return true
    at = end
    at = skipSpace(source, at)
  }
  return false
}

/** The position after spaces and line comments. */
function skipSpace(source: string, start: number): number {
  let at = start
  for (;;) {
    const space = matchAt(SPACE_OR_COMMENT, source, at)
    if (space === undefined) return at
    at += space[0].length
  }
}

function isTestAttribute(text: string): boolean {
  return (
    TEST.test(text) ||
    (/^\s*cfg\s*\(/.test(text) && /\btest\b/.test(text) && !/\b(?:not|any)\s*\(/.test(text))
  )
}

const TEST = /^\s*(?:\w+\s*::\s*)*(?:test|rstest|test_case|quickcheck|\w+_test)\s*(?:\(|$)/

/** Does the source contain a test, at any depth? */
function hasTests(source: string): boolean {
  for (let at = 0; at < source.length; at = endOfToken(source, at))
    if (source[at] === '#' && isTestItem(source, at)) return true
  return false
}

/** The end of a comment, literal, name, bracketed group or single character. */
function endOfPiece(source: string, at: number): number {
  return '([{'.includes(source.charAt(at)) ? endOfGroup(source, at) : endOfToken(source, at)
}

function endOfGroup(source: string, start: number): number {
  let depth = 0
  let at = start
  while (at < source.length) {
    const sign = source.charAt(at)
    if ('([{'.includes(sign)) depth += 1
    if (')]}'.includes(sign)) depth -= 1
    at = endOfToken(source, at)
    if (depth === 0) return at
  }
  return at
}

/** The end of an item with its attributes: its semicolon, or the end of its block. */
function endOfItem(source: string, start: number): number {
  let at = start
  let needsSemicolon: boolean | undefined
  while (at < source.length) {
    const sign = source[at]
    const isAttribute = matchAt(ATTRIBUTE, source, at) !== undefined
    const end = isAttribute ? endOfGroup(source, at + 1) : endOfPiece(source, at)
    needsSemicolon ??= isStatement(source, at)
    if (sign === ';' || (sign === '{' && !needsSemicolon && isBlock(source, end))) return end
    at = end
  }
  return at
}

/** Braces that are followed by more of a type are a const argument of that type and not the block of an item. */
function isBlock(source: string, end: number): boolean {
  return !/^\s*[>,]/.test(source.slice(end, end + 40))
}

/** May the item that starts here contain braces before its semicolon? `undefined` if no item starts here. */
function isStatement(source: string, at: number): boolean | undefined {
  if (matchAt(STATEMENT, source, at)) return true
  return matchAt(ITEM, source, at) ? false : undefined
}

const ITEM = /(?:fn|mod|struct|enum|union|trait|impl|macro_rules)\b/y
const STATEMENT = /(?:use|static|type|const(?!\s+(?:async\s+|unsafe\s+|extern\s+)*fn))\b/y

const LINE_COMMENT = /\/\/[^\n]*/y
const RAW_STRING = /[bc]?r(#*)"/y
const STRING = /"(?:[^"\\]|\\[\s\S])*"/y
/** A character literal. A lifetime also starts with a quote, but has no closing quote. */
const CHARACTER = /'(?:\\(?:u\{[^}]*\}|x[0-9a-fA-F]{2}|.)|[^'\\\n])'/uy
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy

function endOfToken(source: string, at: number): number {
  const raw = matchAt(RAW_STRING, source, at)
  if (raw) {
    const close = source.indexOf(`"${raw[1] ?? ''}`, at + raw[0].length)
    return close < 0 ? source.length : close + 1 + (raw[1] ?? '').length
  }
  if (source.startsWith('/*', at)) return endOfBlockComment(source, at)
  const token = [LINE_COMMENT, STRING, CHARACTER, NAME]
    .map(pattern => matchAt(pattern, source, at))
    .find(found => found !== undefined)
  return at + (token?.[0].length ?? 1)
}

/** Block comments can be nested in Rust. */
function endOfBlockComment(source: string, start: number): number {
  let depth = 0
  for (let at = start; at < source.length; at += 1) {
    if (source.startsWith('/*', at)) {
      depth += 1
      at += 1
    } else if (source.startsWith('*/', at)) {
      depth -= 1
      at += 1
      if (depth === 0) return at + 1
    }
  }
  return source.length
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(source) ?? undefined
}
