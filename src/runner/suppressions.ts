import type { ConfigurationKind } from './configuration-kind.ts'

/** A comment or attribute that switches a linter, type checker or coverage off for a piece of code, such as `// @ts-ignore`. */
export interface Suppression {
  /** Such as `eslint-disable-next-line`. */
  marker: string
  /** The rest of its line, marker included. */
  text: string
}

/** The suppressions in a text that an earlier version of it does not have. */
export function addedSuppressions(text: string, earlier: string): Suppression[] {
  const before = suppressionsIn(earlier).map(({ text }) => text)
  return suppressionsIn(text).filter(({ text }) => {
    const at = before.indexOf(text)
    if (at >= 0) before.splice(at, 1)
    return at < 0
  })
}

/** The text with each suppression respelled, so that no tool recognises it. */
export function withoutSuppressions(text: string): string {
  return text.replaceAll(ANY, (whole: string) => {
    if (/^#!?\[/.test(whole)) return whole.replace(/allow|expect/, 'warn')
    return whole.replace(/[@#$]?[a-z][^]*$/i, 'switched off')
  })
}

/** What a suppression switches off; `undefined` for other words. */
export function kindOfSuppression(marker: string): ConfigurationKind | undefined {
  return KINDS.find(([, pattern]) => pattern.test(marker))?.[0]
}

function suppressionsIn(text: string): Suppression[] {
  return [...text.matchAll(ANY)].map(({ 0: whole, 1: marker = whole, index }) => {
    const from = index + whole.length - marker.length
    const [line = ''] = text.slice(from, from + MAX_LINE_LENGTH).split('\n', 1)
    return { marker: oneSpace(marker), text: oneSpace(line) }
  })
}

function oneSpace(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ')
}

/** More of a line is not compared. */
const MAX_LINE_LENGTH = 300

/** The words of each tool's own documentation. */
const LINT = String.raw`(?:eslint|oxlint|stylelint)-disable(?:-next-line|-line)?|tslint:disable(?:-next-line|-line)?|biome-ignore(?:-all|-start)?|deno-lint-ignore(?:-file)?|(?:flake8: ?|ruff: ?)?noqa|pylint: ?(?:disable(?:-next)?|skip-file)|nolint|#?nosec|NOSONAR|rubocop:(?:disable|todo)|swiftlint:disable|ktlint-disable|phpcs:(?:ignore|disable)|NOLINT(?:NEXTLINE|BEGIN)?|shellcheck disable|checkstyle:off|credo:disable[\w-]*`
const TYPES = String.raw`@ts-(?:ignore|expect-error|nocheck)|type: ?ignore|mypy: ?ignore-errors|pyright: ?ignore|pyre-(?:ignore|fixme)|\$FlowFixMe|@phpstan-ignore|@psalm-suppress`
const COVERAGE = String.raw`pragma: ?no ?(?:cover|branch)|(?:istanbul|c8|v8|node:coverage|codecov|coverage):? ?(?:ignore|disable)|LCOV_EXCL_(?:LINE|START)|:nocov:|@codeCoverageIgnore`
/** These are not comments. */
const ATTRIBUTES = String.raw`#!?\[(?:allow|expect)(?=\()|@SuppressWarnings|@Suppress(?=\()|#pragma warning disable`

const KINDS: readonly (readonly [ConfigurationKind, RegExp])[] = [
  ['types', new RegExp(`^(?:${TYPES})$`)],
  ['coverage', new RegExp(`^(?:${COVERAGE})$`)],
  [
    'lint',
    new RegExp(`^(?:${LINT}|#!?\\[(?:allow|expect)|@Suppress\\w*|#pragma warning disable)$`),
  ],
]

/** A comment begins right before its marker, the first group, so that a sentence about it is none. */
const ANY = new RegExp(
  String.raw`(?:\/\/|\/\*\*?|#|<!--|--|^[ \t]{0,80}\*)[ \t]{0,4}(${LINT}|${TYPES}|${COVERAGE})(?![\w-])|${ATTRIBUTES}`,
  'gm',
)
