import type { Plan } from '../../plan/plan.ts'
import type { Standard } from '../../plan/standard.ts'
import type { WorkspaceReader } from '../dialect.ts'
import { standardsFiles } from './documents.ts'
import { baseName } from './paths.ts'
import { flavourIn } from './registry.ts'
import { rootOf } from './roots.ts'
import { parseStandards } from './parse-standards.ts'
import { topicOf, type Topic } from './topics.ts'

/** The last checklist of a component: the standards that are written down, and what every component is closed with. */
export function closingStandards(reader: WorkspaceReader, plan: Plan): Standard[] {
  const root = rootOf(plan.feature.dir)
  if (flavourIn(reader, root) !== 'table') return []
  const files = standardsFiles(reader, root).filter(path => path.endsWith('-standards.md'))
  const written = files.flatMap(path => parseStandards(reader.read(path) ?? '', path))
  const own = baseName(root) === 'storage-conductor'
  const duties = DUTIES.filter(({ storage }) => own || !storage).map(({ name, text, topic }) => ({
    name,
    text,
    phases: plan.phases.filter(phase => topicOf(phase.name) === topic).map(phase => phase.name),
  }))
  return distinct([...written, ...duties])
}

interface Duty {
  name: string
  text: string
  /** The question after a phase of this topic asks the same. */
  topic: Topic
  /** Asked of storage components alone. */
  storage: boolean
}

const DUTIES: readonly Duty[] = [
  {
    name: 'Documentation complete',
    text: 'The documentation is complete and right.',
    topic: 'documentation',
    storage: false,
  },
  {
    name: 'Migrations tested and documented',
    text: 'The migrations were run, forward and back, and are documented.',
    topic: 'migration',
    storage: true,
  },
  {
    name: 'Backup and recovery tested',
    text: 'A backup was made, something was lost on purpose, and it was restored.',
    topic: 'backup',
    storage: true,
  },
]

/** A name that comes again is counted. */
function distinct(standards: readonly Standard[]): Standard[] {
  const seen = new Map<string, number>()
  return standards.map(standard => {
    const times = (seen.get(standard.name) ?? 0) + 1
    seen.set(standard.name, times)
    return times === 1 ? standard : { ...standard, name: `${standard.name} (${times})` }
  })
}
