import type { Commit } from '../transaction/commit-schema.ts'
import { tipOf, type Known } from './known-lines.ts'

type Ending = Pick<Commit, 'file' | 'tip' | 'seq' | 'lines'>

/** What this process knows of each feature in a shared store. */
export class KnownFeatures {
  readonly #known = new Map<string, Known>()

  get(feature: string): Known | undefined {
    return this.#known.get(feature)
  }

  version(feature: string): number {
    return this.#known.get(feature)?.version ?? 0
  }

  /** Notes what was read. `from`: what was known before, if the store continues it. */
  learn(
    feature: string,
    { version, last }: Pick<Known, 'version' | 'last'>,
    { from, added }: { from: Known | undefined; added: readonly Ending[] },
  ): void {
    // Another call may have added something meanwhile.
    if (from && this.version(feature) > version) return
    this.#known.set(feature, { version, last, tips: withTips(from, added) })
  }

  /** Notes a commit that the store has taken. */
  note(feature: string, version: number, commit: Commit): void {
    const tips = withTips(this.#known.get(feature), [commit])
    this.#known.set(feature, { version, tips, last: { tip: commit.tip } })
  }
}

function withTips(known: Known | undefined, commits: readonly Ending[]): Known['tips'] {
  return new Map([
    ...(known?.tips ?? []),
    ...commits.map(commit => [commit.file, tipOf(commit)] as const),
  ])
}
