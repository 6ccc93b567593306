import type { Node } from 'jsonc-parser'
import type { Application, Endpoint, Flow } from '../../plan/application.ts'
import type { Gotcha } from '../../plan/gotcha.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Production, WorkspaceReader } from '../dialect.ts'
import { parseEndpoint, endpointsInProse, parseStep } from '../flow-steps.ts'
import { firstOf, jsonOf, stringOf, stringsOf, valueOf } from './document.ts'
import { readPlanFile } from './read.ts'
import type { PlanFile } from './plan-file.ts'

/** What the plan says about the application that it builds, and about the traps of what it is built with. */
export function productionOf(reader: WorkspaceReader, { feature }: Plan): Production {
  const shape = readPlanFile(reader, feature.dir)
  const validation = valueOf(shape.root, 'validation')
  const own = validation && valueOf(validation, 'production_validation')
  return {
    needed: shape.gated,
    ...(own && { application: applicationOf(shape, own) }),
    stack: stringsOf(valueOf(shape.root, 'stack')),
    gotchas: itemsOf(valueOf(shape.root, 'framework_gotchas')).flatMap(item =>
      gotchaOf(shape, item),
    ),
  }
}

function applicationOf(shape: PlanFile, own: Node): Application {
  const text = (...keys: string[]) => {
    const words = stringOf(firstOf(own, keys))
      ?.trim()
      .replace(/^GET\s+/i, '')
    return words === '' ? undefined : words
  }
  const command = text('start_command', 'start')
  const health = text('health_endpoint', 'health')
  const frontend = text('frontend_url', 'frontend')
  const named = itemsOf(firstOf(own, ['critical_endpoints', 'endpoints'])).flatMap(endpointsOf)
  return {
    ...(command !== undefined && {
      start: {
        command,
        env: {},
        inherit: [],
        artifacts: stringsOf(firstOf(own, ['build_artifacts', 'artifacts'])),
      },
    }),
    ...(health !== undefined && { health }),
    ...(frontend !== undefined && { frontend }),
    endpoints: named.length > 0 ? named : endpointsInProse(proseOf(shape)),
    flows: itemsOf(firstOf(own, ['user_flows', 'flows'])).flatMap(flowOf),
    callers: [],
  }
}

/** Where a plan lists no endpoints, its description says what it expects. */
function proseOf({ root }: PlanFile): string {
  return stringOf(valueOf(root, 'description')) ?? ''
}

function endpointsOf(item: Node): Endpoint[] {
  const words = stringOf(item)
  if (words !== undefined) return [parseEndpoint(words) ?? []].flat()
  const text = (...keys: string[]) => stringOf(firstOf(item, keys))
  const place = text('path', 'url', 'endpoint')?.trim()
  if (place === undefined || place === '') return []
  // Some plans say the method in the path.
  const [, named, path = place] = /^([A-Z]+)\s+(\S+)$/.exec(place) ?? []
  const status = Number(jsonOf(firstOf(item, ['expected_status', 'status', 'expect'])))
  const json = firstOf(item, ['body', 'json'])
  const contains = stringsOf(firstOf(item, ['contains', 'expected_body', 'expected_text']))
  const method = (text('method') ?? named ?? 'GET').toUpperCase()
  return [
    {
      request: { method, path, headers: {}, ...(json && { json: jsonOf(json) }) },
      expect: { ...(status >= 100 && status < 600 && { status }), contains, json: [] },
    },
  ]
}

function flowOf(item: Node): Flow[] {
  const words = stringOf(item)
  if (words !== undefined) return [{ name: words, steps: [parseStep(words)] }]
  const steps = itemsOf(valueOf(item, 'steps')).map(step => parseStep(stringOf(step) ?? ''))
  if (steps.length === 0) return []
  return [{ name: stringOf(firstOf(item, ['name', 'title'])) ?? 'user flow', steps }]
}

function gotchaOf({ path, lineAt }: PlanFile, item: Node): Gotcha[] {
  const text = (key: string) => stringOf(valueOf(item, key))?.trim() ?? ''
  if (text('gotcha') === '') return []
  return [
    {
      framework: text('framework'),
      topic: text('gotcha'),
      text: text('gotcha'),
      bad: '',
      good: '',
      language: '',
      detection: text('detection'),
      fix: text('mitigation'),
      location: { path, line: lineAt(item.offset) },
    },
  ]
}

function itemsOf(node: Node | undefined): Node[] {
  return node?.type === 'array' ? (node.children ?? []) : []
}
