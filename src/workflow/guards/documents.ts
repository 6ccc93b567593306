import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'

/** Refuses to start work on a plan whose specification or technical plan is not there. */
export function refuseMissingDocuments(context: Context): void {
  const { feature, documents } = context.plan
  for (const { name, remedy: cure } of context.dialect.requires ?? []) {
    if (documents.some(document => document.name === name)) continue
    if (context.settings.documents.optional.includes(`${name}.md`)) continue
    throw new Refusal(
      'plan_invalid',
      `${feature.dir}/${name}.md is missing, so no task was started.`,
      `Write it first (${cure}), or have a person declare it optional in redgreen.config.json under documents.optional.`,
    )
  }
}
