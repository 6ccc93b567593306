import type { Context } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'

/** Refuses to start a task if a document that the workflow requires, such as the specification, is missing. */
export function refuseMissingDocuments(context: Context): void {
  const { feature, documents } = context.plan
  for (const { name, remedy } of context.dialect.requires ?? []) {
    if (documents.some(document => document.name === name)) continue
    if (context.settings.documents.optional.includes(`${name}.md`)) continue
    throw new Refusal(
      'plan_invalid',
      `${feature.dir}/${name}.md is missing, so no task was started.`,
      `Write it first (${remedy}), or ask a human to make it optional in redgreen.config.json under documents.optional.`,
    )
  }
}
