import type { Plan } from '../../plan/plan.ts'
import type { Standard } from '../../plan/standard.ts'
import type { WorkspaceReader } from '../dialect.ts'
import { standardsFiles } from './documents.ts'
import { baseName } from './paths.ts'
import { flavourIn } from './registry.ts'
import { rootOf } from './roots.ts'
import { parseStandards } from './parse-standards.ts'
import { topicOf, type Topic } from './topics.ts'

/** The standards of a component: those in its standards files, and those that every component has to meet. */
export function closingStandards(reader: WorkspaceReader, plan: Plan): Standard[] {
  const root = rootOf(plan.feature.dir)
  if (flavourIn(reader, root) !== 'table') return []
  const files = standardsFiles(reader, root).filter(path => path.endsWith('-standards.md'))
  const written = files.flatMap(path => parseStandards(reader.read(path) ?? '', path))
  const isStorage = baseName(root) === 'storage-conductor'
  const general = GENERAL_STANDARDS.filter(({ storage }) => isStorage || !storage).map(
    ({ name, text, topic }) => ({
      name,
      text,
      phases: plan.phases.filter(phase => topicOf(phase.name) === topic).map(phase => phase.name),
    }),
  )
  return withUniqueNames([...written, ...general])
}

interface GeneralStandard {
  name: string
  text: string
  /** The question after a phase with this topic asks for the same. */
  topic: Topic
  /** Only for storage components. */
  storage: boolean
}

const GENERAL_STANDARDS: readonly GeneralStandard[] = [
  {
    name: 'Documentation complete',
    text: 'The documentation is complete and correct.',
    topic: 'documentation',
    storage: false,
  },
  {
    name: 'Migrations tested and documented',
    text: 'The migrations were run forward and back, and are documented.',
    topic: 'migration',
    storage: true,
  },
  {
    name: 'Backup and recovery tested',
    text: 'A backup was made, data was deleted on purpose, and it was restored.',
    topic: 'backup',
    storage: true,
  },
]

/** Makes names unique: a repeated name gets a number. */
function withUniqueNames(standards: readonly Standard[]): Standard[] {
  const seen = new Map<string, number>()
  return standards.map(standard => {
    const times = (seen.get(standard.name) ?? 0) + 1
    seen.set(standard.name, times)
    return times === 1 ? standard : { ...standard, name: `${standard.name} (${times})` }
  })
}
