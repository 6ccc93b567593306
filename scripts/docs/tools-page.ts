import { listed } from '../../src/server/tool-calls.ts'
import { tools } from '../../src/tools/index.ts'
import type { AnyTool } from '../../src/tools/tool.ts'
import { generatedFrom, table } from './markdown.ts'

/** docs/tools.md, from the tool literals. */
export function toolsPage(): string {
  return [
    '# Tools',
    '',
    generatedFrom('`src/tools`'),
    '',
    'Every tool also takes `feature` (a feature id or folder name); without it, the active feature is used. Every tool also takes `claim`, which says who calls; it is listed over HTTP only, and `next_task` gives it there ([clients](clients.md#one-server-for-all-editors)). Unknown arguments are refused.',
    '',
    'A successful call answers twice, as structured content and as text with the same facts. A refusal is a text that begins with its code in brackets; the code is also in `_meta["redgreen/code"]`. [Troubleshooting](troubleshooting.md) lists every code.',
    '',
    "Answers are short, because a model pays for every token. `next_task` describes the plan (`documents`, `waiting` and all phases of `progress`) in its first answer to a caller, for a task that the caller names, and when a task is continued; in other answers, `waiting` has only the nearest task and the other two are empty. `mark_complete` lists the phase of its task. `command` leaves out the arguments that name the server's own reporter. The text of a run that passed has neither command nor output, and a linter or type checker that found nothing has only its `exitCode`. Everything else is a document of `read_document`: `progress` (every task and phase), `evidence` (two lines for each task), `evidence/TASK` and `raw-evidence` (the events as recorded), `runs/ID` (the output of a run) and `validation` (the report).",
    '',
    'A call answers within 45 s. If the step is not finished by then, the answer has `running`: call the same tool again with the same arguments to wait for it ([runs](runs.md)).',
    '',
    ...tools.flatMap(section),
  ].join('\n')
}

function section(tool: AnyTool): string[] {
  const { inputSchema } = listed(tool)
  const required = new Set(inputSchema.required)
  const rows = Object.entries(inputSchema.properties ?? {})
    .filter(([name]) => name !== 'feature')
    .map(([name, schema]) => [
      `\`${name}\``,
      typeOf(schema),
      required.has(name) ? 'yes' : 'no',
      textOf(schema, 'description'),
    ])
  return [
    `## ${tool.name}`,
    '',
    tool.description,
    '',
    `It changes ${tool.changes}.`,
    '',
    ...(rows.length > 0 ? [...table(['argument', 'type', 'required', 'meaning'], rows), ''] : []),
  ]
}

function typeOf(schema: unknown): string {
  return textOf(schema, 'type') === 'array' ? 'list of strings' : textOf(schema, 'type')
}

function textOf(schema: unknown, key: string): string {
  const entries = typeof schema === 'object' && schema !== null ? Object.entries(schema) : []
  const value: unknown = new Map(entries).get(key)
  return typeof value === 'string' ? value : ''
}
