import { go } from './go.ts'
import { java } from './java.ts'
import { javascript } from './javascript.ts'
import { others } from './others.ts'
import { python } from './python.ts'
import { ruby } from './ruby.ts'
import { rust } from './rust.ts'
import type { Stage } from './situation.ts'

/** Every runner with its small project. */
export const stages: Stage[] = [
  ...javascript,
  ...python,
  ...go,
  ...rust,
  ...ruby,
  ...others,
  ...java,
]
