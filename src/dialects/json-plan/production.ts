import type { Node } from 'jsonc-parser'
import type { Application, Endpoint, Flow } from '../../plan/application.ts'
import type { Gotcha } from '../../plan/gotcha.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Production, WorkspaceReader } from '../dialect.ts'
import { parseEndpoint, endpointsInProse, parseStep } from '../flow-steps.ts'
import { firstOf, jsonOf, stringOf, stringsOf, valueOf } from '../json-document.ts'
import { readPlanFile } from './read.ts'
import type { PlanFile } from './plan-file.ts'

/** What the plan says about the application that it builds, and the gotchas of its technologies. */
export function productionOf(reader: WorkspaceReader, { feature }: Plan): Production {
  const file = readPlanFile(reader, feature.dir)
  const validation = valueOf(file.root, 'validation')
  const own = validation && valueOf(validation, 'production_validation')
  return {
    needed: file.gated,
    ...(own && { application: applicationOf(file, own) }),
    stack: stringsOf(valueOf(file.root, 'stack')),
    gotchas: itemsOf(valueOf(file.root, 'framework_gotchas')).flatMap(item => gotchaOf(file, item)),
  }
}

function applicationOf(file: PlanFile, own: Node): Application {
  const text = (...keys: string[]) => {
    const value = stringOf(firstOf(own, keys))
      ?.trim()
      .replace(/^GET\s+/i, '')
    return value === '' ? undefined : value
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
    endpoints: named.length > 0 ? named : endpointsInProse(proseOf(file)),
    flows: itemsOf(firstOf(own, ['user_flows', 'flows'])).flatMap(flowOf),
    callers: [],
  }
}

/** If a plan lists no endpoints, they are taken from its description. */
function proseOf({ root }: PlanFile): string {
  return stringOf(valueOf(root, 'description')) ?? ''
}

function endpointsOf(item: Node): Endpoint[] {
  const line = stringOf(item)
  if (line !== undefined) return [parseEndpoint(line) ?? []].flat()
  const text = (...keys: string[]) => stringOf(firstOf(item, keys))
  const target = text('path', 'url', 'endpoint')?.trim()
  if (target === undefined || target === '') return []
  // Some plans write the method into the path.
  const [, named, path = target] = /^([A-Z]+)\s+(\S+)$/.exec(target) ?? []
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
  const line = stringOf(item)
  if (line !== undefined) return [{ name: line, steps: [parseStep(line)] }]
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
