/** What a file, or a part of it, configures: the linter, the type checker, the formatter, the coverage tool, or the project's scripts. */
export type ConfigurationKind = 'lint' | 'types' | 'format' | 'script' | 'coverage'
