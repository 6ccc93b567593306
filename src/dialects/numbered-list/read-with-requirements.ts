import type { Plan } from '../../plan/plan.ts'
import type { Candidate, WorkspaceReader } from '../dialect.ts'
import { textOrEmpty } from '../text-or-empty.ts'
import { documentsOf, missingDocuments, projectOf, type DocumentKind } from './documents.ts'
import { readNumbered, type NumberedFeature } from './read.ts'
import { criteriaOf, withCriteria } from './requirements.ts'

/** What differs between dialects with a requirements.md. */
interface FeatureWithRequirements extends Pick<NumberedFeature, 'dialect' | 'style' | 'remedy'> {
  /** Where the features are, such as `.kiro/specs`. The documents of the project are in `steering` beside it. */
  place: string
  documents: readonly DocumentKind[]
}

/** Reads the tasks.md of a feature, with the criteria of its requirements.md. */
export function readWithRequirements(
  reader: WorkspaceReader,
  candidate: Candidate,
  { dialect, style, remedy, place, documents: kinds }: FeatureWithRequirements,
): Plan {
  const requirements = `${candidate.dir}/requirements.md`
  const steering = `${projectOf(candidate.dir, place)}${place.split('/')[0] ?? ''}/steering`
  return readNumbered(reader, candidate, {
    dialect,
    style,
    remedy,
    documents: documentsOf(reader, candidate, kinds, [steering]),
    problems: missingDocuments(reader, candidate, kinds),
    complete: plan =>
      withCriteria(plan, criteriaOf(textOrEmpty(reader, requirements)), requirements),
  })
}
