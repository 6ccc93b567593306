import * as z from 'zod'
import type { FeatureReadiness, WorkspaceReader } from '../dialect.ts'
import { parsedJson } from '../parsed-json.ts'

/** cc-sdd records the approval of a feature in spec.json. Kiro itself keeps none in its files. */
export function approvalOf(reader: WorkspaceReader, dir: string): FeatureReadiness {
  const path = `${dir}/spec.json`
  const text = reader.read(path)
  if (text === undefined) return { ready: true, evidence: 'Kiro has no approval in its files' }
  const read = specification.safeParse(parsedJson(text))
  if (!read.success)
    return {
      ready: false,
      fact: `${path} is not valid JSON with approvals, so it is unknown whether the tasks are approved.`,
      remedy: 'Correct the file, or run /kiro-spec-tasks again.',
      humanDecision: false,
    }
  const { approvals, ready_for_implementation: isReady } = read.data
  const open = STEPS.filter(step => approvals?.[step]?.approved !== true)
  if (approvals === undefined || open.length === 0 || isReady === true)
    return { ready: true, evidence: `${path} says that the tasks are approved` }
  return {
    ready: false,
    fact: `${path} says that nobody has approved the ${open.join(', ')}.`,
    remedy:
      'Ask a human to read the plan. They set "approved": true there, or run `redgreen approve` in a terminal.',
    humanDecision: true,
  }
}

const step = z.looseObject({ approved: z.boolean().optional() }).optional()
const specification = z.looseObject({
  approvals: z.looseObject({ requirements: step, design: step, tasks: step }).optional(),
  ready_for_implementation: z.boolean().optional(),
})
const STEPS = ['requirements', 'design', 'tasks'] as const
