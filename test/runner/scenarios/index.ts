import { go } from './go.ts'
import { java } from './java.ts'
import { javascript } from './javascript.ts'
import { others } from './others.ts'
import { python } from './python.ts'
import { ruby } from './ruby.ts'
import { rust } from './rust.ts'
import type { RunnerFixture } from './scenario.ts'

/** The fixtures of all runners. */
export const runnerFixtures: RunnerFixture[] = [
  ...javascript,
  ...python,
  ...go,
  ...rust,
  ...ruby,
  ...others,
  ...java,
]
