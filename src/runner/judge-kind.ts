/**
 * What a file, or a part of it, decides: the verdict of the linter, the type checker, the formatter, the coverage, or a project's scripts.
 */
export type JudgeKind = 'lint' | 'types' | 'format' | 'script' | 'coverage'
