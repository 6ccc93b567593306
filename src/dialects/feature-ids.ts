/** The features that `name` refers to: by folder name, or by the id at its start. `F-1` matches `f-001-chat`, but not `f-10-sync`. */
export function featureNamedBy<T extends { id: string }>(all: readonly T[], name: string): T[] {
  const wanted = normalizedId(name)
  if (wanted === '') return []
  const exact = all.filter(({ id }) => normalizedId(id) === wanted)
  return exact.length > 0
    ? exact
    : all.filter(({ id }) => normalizedId(id).startsWith(`${wanted}-`))
}

/** Compares ids numerically: `F-2` comes before `F-10`, with or without leading zeros. */
export function byNumber(a: { id: string }, b: { id: string }): number {
  return normalizedId(a.id).localeCompare(normalizedId(b.id), 'en', { numeric: true })
}

/** The id as an argument of SpecFlow's commands: `F-3` for the folder `f-3-locks`. */
export function commandId(folder: string): string {
  return /^f-\d+(?![^-])/i.exec(folder)?.[0].toUpperCase() ?? folder
}

function normalizedId(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replaceAll(/(?<!\d)0+(?=\d)/g, '')
}

/**
 * The name under which a feature's ledger, leases and references are kept. It belongs to the place of the plan: two folders of
 * one name in a monorepo are two features.
 */
export function featureKey({ id, dir }: { id: string; dir: string }): string {
  const isUsual = dir.endsWith('.json') || (dir.endsWith(`/${id}`) && USUAL_FOLDER.test(dir))
  return isUsual ? id : dir.replace(/^\./, '').replaceAll('/', '~')
}

/** Where each dialect keeps its features in a project of one package. */
const USUAL_FOLDER = /^(specs|\.specify\/specs|[\w-]*conductor\/(tracks|storages))\/[^/]+$/
