import {
  type McpServer,
  ResourceNotFoundError,
  ResourceTemplate,
} from '@modelcontextprotocol/server'
import { resources } from '../resources/index.ts'
import { safeText } from '../runner/safe-text.ts'
import type { Content, Resource } from '../resources/resource.ts'
import { resourceUri } from '../workflow/context/resource-uri.ts'
import type { Call } from '../workflow/context/call.ts'

/** Makes a call that belongs to no tool request. */
export type ReadCall = (feature: string | undefined) => Promise<Call>

/** Serves the resources of every feature; those of the active one also under the name `active`. */
export function serveResources(server: McpServer, makeCall: ReadCall): void {
  for (const resource of resources) {
    const template = new ResourceTemplate(`redgreen://{feature}/${resource.path}`, {
      list: () => listActive(resource, makeCall),
      complete: completions(resource, makeCall),
    })
    const { name, title, description, mimeType } = resource
    server.registerResource(
      name,
      template,
      { title, description, mimeType },
      async (uri, variables) => {
        const { feature, ...rest } = variables
        const content = await readResource(resource, await makeCall(nameOf(feature)), rest)
        if (!content) throw new ResourceNotFoundError(uri.href)
        return { contents: [{ uri: uri.href, ...safeContent(resource, content) }] }
      },
    )
  }
}

/** The user's own documents are served byte for byte. */
function safeContent({ verbatim }: Resource, content: Content): Content {
  return verbatim || !('text' in content) ? content : { ...content, text: safeText(content.text) }
}

/** Current content of a resource. */
async function readResource(
  resource: Resource,
  call: Call,
  variables: Record<string, string | string[]>,
): Promise<Content | undefined> {
  const { loadContext, mapErrors } = await import('../workflow/steps.ts')
  const [variable = ''] = Object.values(variables).flat()
  return mapErrors(call, async () =>
    resource.read(await loadContext(call), decodeURIComponent(variable)),
  )
}

/** The feature's id; `undefined` for `active`. */
function nameOf(feature: string | string[] | undefined): string | undefined {
  const [name] = [feature].flat()
  return name === undefined || name === 'active' ? undefined : decodeURIComponent(name)
}

async function listActive(resource: Resource, makeCall: ReadCall) {
  if (resource.unlisted || resource.path.includes('{')) return { resources: [] }
  const { loadContext } = await import('../workflow/steps.ts')
  const context = await loadContext(await makeCall(undefined)).catch(() => undefined)
  if (!context || !(await resource.read(context, ''))) return { resources: [] }
  const uri = resourceUri(context.plan.feature, resource.path)
  const { title, description, mimeType } = resource
  return {
    resources: [
      { uri, name: `${context.plan.feature.id}/${resource.name}`, title, description, mimeType },
    ],
  }
}

function completions(resource: Resource, makeCall: ReadCall) {
  const variable = /\{(\w+)\}/.exec(resource.path)?.[1]
  const features = async (value: string) => {
    const { featureNamesIn } = await import('../workflow/steps.ts')
    const names = await featureNamesIn((await makeCall(undefined)).root)
    return ['active', ...names].filter(name => name.startsWith(value))
  }
  if (variable === undefined) return { feature: features }
  const values = async (value: string) => {
    const { loadContext } = await import('../workflow/steps.ts')
    const context = await loadContext(await makeCall(undefined)).catch(() => undefined)
    const all = (context && (await resource.complete?.(context))) ?? []
    return all.filter(name => name.startsWith(value)).slice(0, 100)
  }
  return { feature: features, [variable]: values }
}
