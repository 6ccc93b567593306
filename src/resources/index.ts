import { evidence } from './evidence.ts'
import { plan } from './plan.ts'
import { progress } from './progress.ts'
import type { Resource } from './resource.ts'
import { runResource } from './run.ts'
import { screenshot } from './screenshot.ts'
import { spec } from './spec.ts'
import { tasks } from './tasks.ts'
import { validation } from './validation.ts'

/** The resources, in the order in which a person meets them. */
export const resources: Resource[] = [
  spec,
  plan,
  tasks,
  progress,
  validation,
  evidence,
  runResource,
  screenshot,
]
