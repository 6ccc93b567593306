import type { Dialect, WorkspaceReader } from '../dialect.ts'
import { activeAmong, type FeatureWords } from './active.ts'
import { featuresIn } from './features.ts'

/** How a dialect finds its features if all of them are folders in one place. */
export function featuresAt(words: FeatureWords): Pick<Dialect, 'detect' | 'features' | 'active'> {
  const features = (reader: WorkspaceReader) => featuresIn(reader, words.place)
  return {
    detect: reader => {
      const [feature] = features(reader)
      return feature && `${feature.tasks} exists`
    },
    features,
    active: reader => activeAmong(reader, features(reader), words),
  }
}
