/** Those that `name` means: a folder, or the id that it begins with. `F-1` is `f-001-chat`, and never `f-10-sync`. */
export function featureNamedBy<T extends { id: string }>(all: readonly T[], name: string): T[] {
  const wanted = plainId(name)
  if (wanted === '') return []
  const exact = all.filter(({ id }) => plainId(id) === wanted)
  return exact.length > 0 ? exact : all.filter(({ id }) => plainId(id).startsWith(`${wanted}-`))
}

/** `F-2` before `F-10`, whatever their zeros. */
export function byNumber(a: { id: string }, b: { id: string }): number {
  return plainId(a.id).localeCompare(plainId(b.id), 'en', { numeric: true })
}

/** The id as SpecFlow's own commands take it: `F-3` of the folder `f-3-locks`. */
export function commandId(folder: string): string {
  return /^f-\d+(?![^-])/i.exec(folder)?.[0].toUpperCase() ?? folder
}

function plainId(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replaceAll(/(?<!\d)0+(?=\d)/g, '')
}
