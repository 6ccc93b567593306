import type { ConfigurationKind } from './configuration-kind.ts'

/** Configuration files by their name. */
const FILES: readonly (readonly [ConfigurationKind, RegExp])[] = [
  [
    'lint',
    /^(\.?oxlintrc\.jsonc?|oxlint\.config\.\w+|\.oxlintignore|eslint\.config\.\w+|\.eslintrc(\.\w+)?|\.eslintignore|\.?biome\.jsonc?|tslint\.json|\.stylelintrc(\.\w+)?|stylelint\.config\.\w+|\.stylelintignore|\.xo-config(\.\w+)?|\.?ruff\.toml|\.flake8|\.?pylintrc|\.golangci\.\w+|\.?clippy\.toml|\.rubocop(_todo)?\.yml|\.?phpcs\.xml(\.dist)?|\.swiftlint\.yml|\.clang-tidy|\.?detekt\.ya?ml|checkstyle\.xml|\.credo\.exs|\.markdownlint\S*|\.yamllint\S*)$/,
  ],
  [
    'types',
    /^([tj]sconfig[\w.-]*\.json|\.?mypy\.ini|pyrightconfig\.json|phpstan[\w.-]*\.neon(\.dist)?|psalm[\w.-]*\.xml(\.dist)?|\.flowconfig)$/,
  ],
  [
    'format',
    /^(\.prettierrc(\.\w+)?|prettier\.config\.\w+|\.prettierignore|\.oxfmtrc\.jsonc?|\.?dprint\.jsonc?|\.?rustfmt\.toml|\.clang-format)$/,
  ],
  [
    'coverage',
    /^(\.nycrc(\.\w+)?|nyc\.config\.\w+|\.c8rc(\.\w+)?|\.coveragerc|\.simplecov|\.?codecov\.ya?ml)$/,
  ],
  [
    'script',
    /^(GNUmakefile|[Mm]akefile|[Jj]ustfile|Taskfile\.ya?ml|Rakefile|noxfile\.py|\.pre-commit-config\.ya?ml|\.?lefthook\.ya?ml)$/,
  ],
]

export type Sections = readonly (readonly [kinds: readonly ConfigurationKind[], title: RegExp])[]

const INI: Sections = [
  [['lint'], /^(flake8|pylint.*|pycodestyle)$/],
  [['types'], /^mypy/],
  [['coverage'], /^coverage\b/],
]

/** Files that many tools share, with the sections that configure a check. */
export const SHARED = new Map<string, Sections>([
  ['package.json', []],
  ['.npmrc', []],
  [
    'pyproject.toml',
    [
      [['lint'], /^tool\.(ruff|pylint|flake8|pycodestyle)\b/],
      [['types'], /^tool\.(mypy|pyright|basedpyright|ty)\b/],
      [['format'], /^tool\.(black|isort)\b/],
      [['coverage'], /^tool\.coverage\b/],
    ],
  ],
  ['setup.cfg', INI],
  ['tox.ini', INI],
  ['Cargo.toml', [[['lint', 'types'], /^(workspace\.)?lints\b/]]],
])

export function kindsOf(name: string): ConfigurationKind[] {
  return FILES.flatMap(([kind, pattern]) => (pattern.test(name) ? [kind] : []))
}
