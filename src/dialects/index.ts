import type { Dialect } from './dialect.ts'
import { specKit } from './spec-kit/spec-kit.ts'

/** Every dialect that can be read; the first that is sure wins. */
export const dialects: readonly Dialect[] = [specKit]
