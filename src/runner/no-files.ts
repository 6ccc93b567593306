import { stripVTControlCharacters } from 'node:util'

/** Does a linter, type checker or formatter say that there is no file which it could check? */
export function foundNoFiles(output: string): boolean {
  return stripVTControlCharacters(output)
    .split('\n')
    .some(line => NO_FILES.test(line))
}

/** The whole sentence of a tool at the start of its line, so that the text of a finding is not taken for it. */
const NO_FILES =
  /^\W*(\[error\] |error:? (TS18003: )?|\w+Error: )?(No files found to lint\b|No files matching the pattern\b.* found\b|You are linting .* are ignored\b|No inputs were found in config file\b|No files were processed in\b|No supported files were found in\b|There are no \.py\[i\] files in\b|no packages to vet\b|No target files found\b)/
