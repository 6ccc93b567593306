import { featureKey } from '../../dialects/feature-ids.ts'
import type { Feature } from '../../plan/plan.ts'

/** The URI of a resource of a feature. Example of a `path`: `runs/0123456789ab`. */
export function resourceUri(feature: Pick<Feature, 'id' | 'dir'>, path: string): string {
  return `redgreen://${encodeURIComponent(featureKey(feature))}/${path}`
}
