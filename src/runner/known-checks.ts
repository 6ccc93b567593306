export type CheckKind = 'types' | 'lint'

/** A type checker or linter that can be detected by a project's files. */
export interface KnownCheck {
  kind: CheckKind
  name: string
  /** The npm package that contains it. */
  package?: string
  /** It may also be installed in other ways than by npm. */
  anywhere?: true
  /** The command, if it differs from the name. */
  bin?: string
  args: string[]
  /** Files whose existence means that the project uses it. */
  files: string[]
  /** Texts in files that mean that the project uses it. */
  sections?: [file: string, text: string][]
}

/** A type checker or linter that a package configures and that is installed. */
export interface DetectedCheck {
  kind: CheckKind
  name: string
  /** Program and arguments, to be run in the package's folder. */
  argv: string[]
  /** The configuration file by which it was detected. */
  because: string
}

const ESLINT = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map(ending => `eslint.config.${ending}`)
const ESLINT_OLD = ['.eslintrc', '.eslintrc.json', '.eslintrc.js', '.eslintrc.cjs', '.eslintrc.yml']

/** In order of preference, if a project has several of one kind. */
export const KNOWN_CHECKS: KnownCheck[] = [
  {
    kind: 'types',
    name: 'tsc',
    package: 'typescript',
    args: ['--noEmit', '--pretty', 'false', '-p', 'tsconfig.json'],
    files: ['tsconfig.json'],
  },
  {
    kind: 'lint',
    name: 'oxlint',
    package: 'oxlint',
    args: [],
    files: ['.oxlintrc.json', '.oxlintrc.jsonc', 'oxlint.config.ts'],
  },
  {
    kind: 'lint',
    name: 'eslint',
    package: 'eslint',
    args: ['.'],
    files: [...ESLINT, ...ESLINT_OLD],
  },
  {
    kind: 'lint',
    name: 'biome',
    package: '@biomejs/biome',
    // By default it prints 20 findings.
    args: ['lint', '--max-diagnostics=200', '.'],
    files: ['biome.json', 'biome.jsonc'],
  },
  {
    kind: 'lint',
    name: 'deno lint',
    bin: 'deno',
    package: 'deno',
    anywhere: true,
    args: ['lint'],
    files: [],
    sections: [
      ['deno.json', '"lint"'],
      ['deno.jsonc', '"lint"'],
    ],
  },
  {
    kind: 'types',
    name: 'mypy',
    args: ['--no-color-output', '--cache-dir=/dev/null', '.'],
    files: ['mypy.ini', '.mypy.ini'],
    sections: [
      ['pyproject.toml', '[tool.mypy'],
      ['setup.cfg', '[mypy]'],
    ],
  },
  {
    kind: 'types',
    name: 'pyright',
    package: 'pyright',
    anywhere: true,
    args: [],
    files: ['pyrightconfig.json'],
    sections: [['pyproject.toml', '[tool.pyright']],
  },
  {
    kind: 'lint',
    name: 'ruff',
    args: ['check', '--no-cache', '.'],
    files: ['ruff.toml', '.ruff.toml'],
    sections: [['pyproject.toml', '[tool.ruff']],
  },
  {
    kind: 'lint',
    name: 'flake8',
    args: ['.'],
    files: ['.flake8'],
    sections: [
      ['setup.cfg', '[flake8]'],
      ['tox.ini', '[flake8]'],
    ],
  },
  {
    kind: 'lint',
    name: 'golangci-lint',
    // By default it leaves out all but three findings that are alike, so a new one could stay hidden behind old ones.
    args: ['run', '--color=never', '--max-issues-per-linter=0', '--max-same-issues=0'],
    files: ['.golangci.yml', '.golangci.yaml', '.golangci.toml', '.golangci.json'],
  },
  // Every Go module has `go vet` without configuring it, so a linter that is configured comes first.
  { kind: 'lint', name: 'go vet', bin: 'go', args: ['vet', './...'], files: ['go.mod'] },
  {
    kind: 'lint',
    name: 'cargo clippy',
    bin: 'cargo',
    args: ['clippy', '--all-targets', '--color=never'],
    files: ['clippy.toml', '.clippy.toml'],
    sections: [
      ['Cargo.toml', '[lints.clippy]'],
      ['Cargo.toml', '[workspace.lints.clippy]'],
    ],
  },
  {
    kind: 'types',
    name: 'cargo check',
    bin: 'cargo',
    args: ['check', '--all-targets', '--color=never'],
    files: [],
    sections: [
      ['Cargo.toml', '[lints.rust]'],
      ['Cargo.toml', '[workspace.lints.rust]'],
    ],
  },
  { kind: 'lint', name: 'rubocop', args: ['--no-color'], files: ['.rubocop.yml'] },
  {
    kind: 'types',
    name: 'phpstan',
    args: ['analyse', '--no-progress', '--no-ansi'],
    files: ['phpstan.neon', 'phpstan.neon.dist', 'phpstan.dist.neon'],
  },
  {
    kind: 'types',
    name: 'psalm',
    args: ['--no-progress', '--no-cache'],
    files: ['psalm.xml', 'psalm.xml.dist'],
  },
  { kind: 'lint', name: 'phpcs', args: ['--no-colors'], files: ['phpcs.xml', 'phpcs.xml.dist'] },
]
