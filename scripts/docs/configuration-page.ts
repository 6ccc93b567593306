import * as z from 'zod'
import { settingsSchema } from '../../src/store/settings.ts'
import { SETTINGS_FILE } from '../../src/plan/settings-file.ts'
import { generatedFrom, table } from './markdown.ts'

/** An example of the settings file; a test checks that it is valid. */
export const EXAMPLE = `{
  "$schema": "./node_modules/redgreen-mcp/schema/redgreen.config.schema.json",
  "dialect": "spec-kit",
  "commands": {
    "tests": { "framework": "vitest" },
    "types": ["npx", "tsc", "--noEmit"],
    "lint": ["npx", "eslint", "."],
    "prepare": ["npm", "ci"]
  },
  "checks": { "build": ["npm", "run", "build"] },
  "limits": { "fullRuns": 5, "timeoutSeconds": 300 },
  "kinds": [{ "tasks": "T001-T003", "kind": "check" }],
  "approval": { "required": "always" },
  "validation": {
    "start": { "command": ["node", "server.js"], "readyLine": "listening" },
    "health": "/health",
    "endpoints": [{ "path": "/notes/1", "status": 401 }],
    "flows": [
      {
        "name": "A note is stored",
        "steps": [
          {
            "request": { "method": "POST", "path": "/notes", "json": { "text": "milk" } },
            "expect": { "status": 201 },
            "capture": { "id": "$.id" }
          },
          { "request": { "path": "/notes/{{id}}" }, "expect": { "contains": "milk" } }
        ]
      }
    ]
  }
}`

/** docs/configuration.md, from the schema of the settings. */
export function configurationPage(): string {
  const { properties = {} } = node.parse(settingsSchema())
  return [
    '# Configuration reference',
    '',
    generatedFrom('the schema in `src/store`'),
    '',
    `No configuration is needed: redgreen detects the plan, the test runner, the type checker and the linter. To override something, create \`${SETTINGS_FILE}\` in the project folder. \`redgreen status\` shows what is used.`,
    '',
    'The file is JSON; comments and trailing commas are allowed. Unknown keys are an error (`plan_invalid`). A change during a task is refused (`settings_changed`) until a human runs `redgreen approve`. For completion in an editor, set `$schema` to the [JSON Schema](../schema/redgreen.config.schema.json) of the package.',
    '',
    '## Example',
    '',
    '```json',
    EXAMPLE,
    '```',
    '',
    ...Object.entries(properties).flatMap(([key, property]) => section(key, property)),
    '## Environment variables',
    '',
    ...table(
      ['variable', 'meaning'],
      [
        [
          '`REDGREEN_ROOT`',
          'Project folder, if `--root` is not given ([order](clients.md#how-the-project-folder-is-found)).',
        ],
        [
          '`CLAUDE_PROJECT_DIR`',
          'Project folder that Claude Code passes; used after `REDGREEN_ROOT` and the roots of the client.',
        ],
        [
          '`WORKSPACE_FOLDER_PATHS`',
          'Folders that Cursor passes; used after `CLAUDE_PROJECT_DIR`. Of several, the one with a plan.',
        ],
        [
          '`XDG_STATE_HOME`',
          'Absolute path. Its folder `redgreen` has the token of `redgreen serve`, the records of `redgreen init`, and compiled code of the program. Default: `LOCALAPPDATA`, else `~/.local/state`.',
        ],
        ['`REDGREEN_DEBUG`', 'If set, commands print the stack trace of an internal error.'],
        [
          '`CI`',
          'If set, `redgreen verify` prints findings as annotations of GitHub Actions as well.',
        ],
      ],
    ),
    '',
  ].join('\n')
}

/** The parts of JSON Schema that the settings use. */
const node = z.looseObject({
  type: z.string().optional(),
  description: z.string().optional(),
  default: z.json().optional(),
  const: z.json().optional(),
  enum: z.array(z.string()).optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  required: z.array(z.string()).default([]),
  get properties() {
    return z.record(z.string(), node).optional()
  },
  get items() {
    return node.optional()
  },
  get anyOf() {
    return z.array(node).optional()
  },
  get additionalProperties() {
    return z.union([z.boolean(), node]).optional()
  },
})

type Node = z.infer<typeof node>

function section(key: string, property: Node): string[] {
  const rows = rowsBelow(key, property)
  return [
    `## ${key}`,
    '',
    ...(property.description === undefined ? [] : [property.description, '']),
    ...(rows.length > 0
      ? table(['key', 'type', 'default', 'meaning'], rows)
      : [`Type: ${typeOf(property)}. Default: ${defaultOf(property)}.`]),
    '',
  ]
}

/** A row for each key below an object, also of list items and of alternatives. */
function rowsBelow(prefix: string, parent: Node): string[][] {
  const rows = new Map<string, string[]>()
  const forms = (parent.anyOf ?? []).filter(form => form.properties !== undefined)
  const required = forms.length > 1 ? 'required in its form' : 'required'
  for (const part of [parent, ...(parent.anyOf ?? [])]) {
    for (const [name, child] of Object.entries(part.properties ?? {})) {
      const key = `${prefix}.${name}`
      addRow(rows, key, child, part.required.includes(name) ? required : defaultOf(child))
      for (const row of rowsBelow(key, child)) rows.set(row[0] ?? '', row)
    }
    for (const row of part.items ? rowsBelow(`${prefix}[]`, part.items) : [])
      rows.set(row[0] ?? '', row)
  }
  return [...rows.values()]
}

/** Alternatives may share a key, such as `browser` in the steps of a flow: their types and meanings are joined. */
function addRow(rows: Map<string, string[]>, key: string, child: Node, fallback: string): void {
  const cell = `\`${key}\``
  const row = [cell, typeOf(child), fallback, child.description ?? '']
  const [, type, , meaning] = rows.get(cell) ?? row
  rows.set(cell, [cell, joined(type, row[1]), fallback, joined(meaning, row[3])])
}

function joined(first = '', second = ''): string {
  if (first.includes(second)) return first
  return first.endsWith('.') ? `${first} ${second}` : `${first} or ${second}`
}

function typeOf(property: Node): string {
  const { type, anyOf, items, additionalProperties } = property
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(' or ')
  if (property.const !== undefined) return `\`${JSON.stringify(property.const)}\``
  if (property.enum) return property.enum.map(value => `\`"${value}"\``).join(', ')
  if (type === 'array') return `list of ${items ? plural(typeOf(items)) : 'values'}`
  if (type === 'object' && typeof additionalProperties === 'object')
    return `object of ${plural(typeOf(additionalProperties))}`
  if (type === undefined) return 'any JSON value'
  return `${property.format === 'uri' ? 'URL' : type} ${rangeOf(property)}`.trim()
}

function plural(type: string): string {
  return /^(string|object|number|integer|URL)\b/.test(type)
    ? type.replace(/^\w+/, word => `${word}s`)
    : type.replace(/^list of/, 'lists of')
}

function rangeOf({ minimum, exclusiveMinimum, maximum }: Node): string {
  const upper = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum
  if (minimum !== undefined && upper !== undefined) return `${minimum}–${upper}`
  if (exclusiveMinimum !== undefined) return `> ${exclusiveMinimum}`
  if (minimum !== undefined) return `≥ ${minimum}`
  return ''
}

function defaultOf({ default: fallback }: Node): string {
  return fallback === undefined ? '–' : `\`${JSON.stringify(fallback)}\``
}
