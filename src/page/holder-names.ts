import { holderTag, type Context } from '../workflow/context/context.ts'

/**
 * The names of holders by the tags that events have. A lease goes when its task is done, so this process remembers the names that it has
 * seen.
 */
const names = new Map<string, string>()

/** Remembers who holds a lease now. */
export function rememberHolders({ leaseTable }: Pick<Context, 'leaseTable'>): void {
  for (const { holder } of Object.values(leaseTable.leases))
    names.set(holderTag(holder), holder.name)
}

/** The name behind a tag, or the tag. */
export function holderName(tag: string): string {
  return names.get(tag) ?? `an assistant (${tag})`
}
