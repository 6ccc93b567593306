import type { InlineTests } from '../framework.ts'

/** Unit tests in Rust stand below the code that they test. */
export const rustTests: InlineTests = {
  holds: path => SOURCE.test(path) && !TESTS_ALONE.test(path),
  testsIn(text) {
    const { code, tests } = partsOfRust(text)
    // Tests within another item cannot be told from it: the file counts as a whole.
    return hasTests(code) ? '' : tests
  },
  merge: (code, tests) => withTestsOf(code, partsOfRust(tests).tests),
}

const SOURCE = /(?:^|\/)src\/(?:.+\/)?[^/]+\.rs$/
/** `src/tests.rs`, `src/a/tests/b.rs`, `src/a_test.rs`. */
const TESTS_ALONE = /(?:^|\/)src\/(?!.*\/src\/)(?:.*[/_])?tests?(?:\/.*)?\.rs$/

/** A source file taken apart: what is compiled into the program, and the tests that stand among it. */
export interface Parts {
  code: string
  tests: string
}

/**
 * Takes the top-level items of a Rust source apart. Tests are items with `#[cfg(test)]` or `#[test]` (or a test attribute
 * of a library, such as `#[tokio::test]`) among their attributes; deeper ones belong to the item around them.
 */
export function partsOfRust(source: string): Parts {
  const parts: Parts = { code: '', tests: '' }
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
export function withTestsOf(source: string, tests: string): string {
  const { code } = partsOfRust(source)
  return tests === '' ? code : `${code}\n${tests}`
}

const ATTRIBUTE = /#\[/y
const BLANK = /\s+|\/\/[^\n]*/y

/** Does an item begin here one of whose attributes makes it a test? */
function isTestItem(source: string, start: number): boolean {
  for (let at = start; matchAt(ATTRIBUTE, source, at);) {
    const end = endOfGroup(source, at + 1)
    if (isTestAttribute(source.slice(at + 2, end - 1))) return true
    at = end
    for (let blank = matchAt(BLANK, source, at); blank; blank = matchAt(BLANK, source, at))
      at += blank[0].length
  }
  return false
}

function isTestAttribute(text: string): boolean {
  return (
    TEST.test(text) ||
    (/^\s*cfg\s*\(/.test(text) && /\btest\b/.test(text) && !/\b(?:not|any)\s*\(/.test(text))
  )
}

const TEST = /^\s*(?:\w+\s*::\s*)*(?:test|rstest|test_case|quickcheck|\w+_test)\s*(?:\(|$)/

/** Is there a test anywhere in it, at any depth? */
function hasTests(source: string): boolean {
  for (let at = 0; at < source.length; at = endOfToken(source, at))
    if (source[at] === '#' && isTestItem(source, at)) return true
  return false
}

/** One comment, literal, name, bracketed group or sign; what is in brackets is passed over as a whole. */
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

/** An item with its attributes: up to its semicolon, or to the end of its block where it has one. */
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

/** Braces with more of a type behind them are an argument of it. */
function isBlock(source: string, end: number): boolean {
  return !/^\s*[>,]/.test(source.slice(end, end + 40))
}

/** Whether the item that a keyword begins may have braces before its semicolon; `undefined` where none begins. */
function isStatement(source: string, at: number): boolean | undefined {
  if (matchAt(STATEMENT, source, at)) return true
  return matchAt(ITEM, source, at) ? false : undefined
}

const ITEM = /(?:fn|mod|struct|enum|union|trait|impl|macro_rules)\b/y
const STATEMENT = /(?:use|static|type|const(?!\s+(?:async\s+|unsafe\s+|extern\s+)*fn))\b/y

const LINE_COMMENT = /\/\/[^\n]*/y
const RAW_STRING = /[bc]?r(#*)"/y
const STRING = /"(?:[^"\\]|\\[\s\S])*"/y
/** A lifetime has no second quote. */
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

/** They nest. */
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
