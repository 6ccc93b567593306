import type { Feature } from '../../plan/plan.ts'

/** The URI of a resource of a feature, such as `runs/0123456789ab`. */
export function resourceUri({ id }: Pick<Feature, 'id'>, place: string): string {
  return `redgreen://${encodeURIComponent(id)}/${place}`
}
