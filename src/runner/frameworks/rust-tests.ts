import type { InlineTests } from '../framework.ts'

/** Unit tests in Rust stand below the code that they test. */
export const rustTests: InlineTests = {
  holds: path =>
    /(?:^|\/)src\/(?:.+\/)?[^/]+\.rs$/.test(path) &&
    !/(?:^|[/_])tests?(?:\/[^/]+)*\.rs$/.test(path),
  testsIn: text => partsOfRust(text).tests,
  blend: (code, tests) => withTestsOf(code, partsOfRust(tests).tests),
}

/** A source file taken apart: what is compiled into the program, and the tests that stand among it. */
export interface Parts {
  code: string
  tests: string
}

/**
 * Takes the top-level items of a Rust source apart. Tests are items with `#[cfg(test)]` or `#[test]` (or a test attribute
 * of a library, such as `#[tokio::test]`); deeper ones belong to the item around them.
 */
export function partsOfRust(source: string): Parts {
  const parts: Parts = { code: '', tests: '' }
  let at = 0
  while (at < source.length) {
    const isTest = isTestAttribute(source, at)
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

const TEST_ATTRIBUTE =
  /#\[\s*(?:cfg\(\s*(?:test|all\(\s*test\b[^\]]*\))\s*\)|(?:\w+::)*(?:test|rstest|test_case|quickcheck|\w+_test)(?:\([^\]]*\))?)\s*\]/y
const ATTRIBUTE = /#!?\[/y

function isTestAttribute(source: string, at: number): boolean {
  return source[at] === '#' && matchAt(TEST_ATTRIBUTE, source, at) !== undefined
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
    const end = isAttribute ? endOfGroup(source, source.indexOf('[', at)) : endOfPiece(source, at)
    needsSemicolon ??= isStatement(source, at)
    if (sign === ';' || (sign === '{' && !needsSemicolon)) return end
    at = end
  }
  return at
}

/** Whether the item that a keyword begins may have braces before its semicolon; `undefined` where none begins. */
function isStatement(source: string, at: number): boolean | undefined {
  if (matchAt(STATEMENT, source, at)) return true
  return matchAt(BLOCK, source, at) ? false : undefined
}

const BLOCK = /(?:fn|mod|struct|enum|union|trait|impl|macro_rules)\b/y
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
