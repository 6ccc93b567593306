import { readFileSync } from 'node:fs'

/** One row of `docs/requirements.md`. */
export interface Requirement {
  /** `R13`, or `R13–R14` for requirements that are met in the same way. */
  ids: string
  text: string
  /** The test that shows the requirement, if one does. */
  test?: NamedTest
  /** Otherwise: who is responsible, and why. */
  responsible?: string
}

export interface NamedTest {
  file: string
  /** The titles of the test and its groups, joined by ` > `; `%s` stands for anything. */
  name: string
}

const ROW = /^\| (R\d+(?:–R\d+)?) \| (.+?) \| (.+) \|$/gm
const TEST = /^(test\/\S+\.test\.ts): (`{1,2}) ?(.+?) ?\2$/

/** Reads the table of requirements. */
export function requirements(): Requirement[] {
  const page = readFileSync('docs/requirements.md', 'utf8')
  return Array.from(page.matchAll(ROW), ([, ids = '', text = '', cell = '']) => {
    const [, file, , name] = TEST.exec(cell.replaceAll(String.raw`\|`, '|')) ?? []
    return file !== undefined && name !== undefined
      ? { ids, text, test: { file, name } }
      : { ids, text, responsible: cell }
  })
}

/** Matches a whole text, in which each placeholder of a title (`%s`, `$name`, `${name}`) stands for anything. */
export function titlePattern(title: string): RegExp {
  const parts = title.split(/%[sdifjoOc]|\$\{.*?\}|\$[\w.]+/)
  const escaped = parts.map(part => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
  return new RegExp(`^${escaped.join('.*')}$`, 's')
}
