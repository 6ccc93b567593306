import type { Dialect } from '../../src/dialects/dialect.ts'
import { dialects } from '../../src/dialects/index.ts'

/** The dialect of a folder of the corpus, such as `jsonplan` or `speckit-variant`; `undefined` if there is none yet. */
export function dialectOf(folder: string): Dialect | undefined {
  const [name] = folder.split('-')
  return dialects.find(dialect => dialect.name.replaceAll('-', '') === name)
}

/** Documents beside plans of spec-kit: they are read or refused, and no test expects tasks of them. */
export const SIBLINGS = 'speckit-siblings'
