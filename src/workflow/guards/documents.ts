import type { Desk } from '../context/context.ts'
import { Refusal } from '../context/refusal.ts'

/** Refuses to start work on a plan whose specification or technical plan is not there. */
export function refuseMissingDocuments(desk: Desk): void {
  const { feature, documents } = desk.plan
  for (const { name, cure } of desk.dialect.requires ?? []) {
    if (documents.some(document => document.name === name)) continue
    if (desk.settings.documents.optional.includes(`${name}.md`)) continue
    throw new Refusal(
      'plan_invalid',
      `${feature.dir}/${name}.md is missing, so no task was started.`,
      `Write it first (${cure}), or have a person declare it optional in redgreen.config.json under documents.optional.`,
    )
  }
}
