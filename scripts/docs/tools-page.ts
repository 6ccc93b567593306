import { listed } from '../../src/server/tool-calls.ts'
import { tools } from '../../src/tools/index.ts'
import type { AnyTool } from '../../src/tools/tool.ts'

/** docs/tools.md, made from the tool literals. */
export function toolsPage(): string {
  const head = [
    '# Tools',
    '',
    'Generated from `src/tools` by `npm run docs`. Every tool also takes `feature`. On success the answer comes twice, as structured content and as text; a refusal is text that begins with its code in brackets, with the code in `_meta["redgreen/code"]` too.',
    '',
  ]
  return [...head, ...tools.flatMap(section)].join('\n')
}

function section(tool: AnyTool): string[] {
  const { inputSchema } = listed(tool)
  const required = new Set(inputSchema.required)
  const properties = Object.entries(inputSchema.properties ?? {}).filter(
    ([name]) => name !== 'feature',
  )
  return [
    `## ${tool.name}`,
    '',
    tool.description,
    '',
    `Changes ${tool.changes}.`,
    '',
    ...(properties.length > 0 ? ['| argument | | |', '| --- | --- | --- |'] : []),
    ...properties.map(([name, schema]) => {
      const need = required.has(name) ? 'required' : 'optional'
      return `| \`${name}\` | ${typeOf(schema)}, ${need} | ${textOf(schema, 'description')} |`
    }),
    ...(properties.length > 0 ? [''] : []),
  ]
}

function typeOf(schema: unknown): string {
  return textOf(schema, 'type') === 'array' ? 'list of texts' : textOf(schema, 'type')
}

function textOf(schema: unknown, key: string): string {
  const entries = typeof schema === 'object' && schema !== null ? Object.entries(schema) : []
  const value: unknown = new Map(entries).get(key)
  return typeof value === 'string' ? value : ''
}
