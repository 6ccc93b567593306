import * as z from 'zod'
import { DEFAULT_GOTCHAS_FILE } from '../plan/gotcha.ts'

/** What the settings may say about the application at work, and about what it is looked at for. */

const texts = z.array(z.string().min(1))
const jsonPaths = z.union([z.string().min(1), z.record(z.string(), z.json())])
const method = z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET')

const body = {
  json: z.json().optional().describe('Sent as JSON.'),
  form: z.record(z.string(), z.string()).optional().describe('Sent as a form.'),
  headers: z.record(z.string(), z.string()).default({}),
}

const expect = z
  .strictObject({
    status: z.int().min(100).max(599).optional().describe('Default: any 2xx.'),
    contains: z
      .union([z.string(), texts])
      .optional()
      .describe('Text, or texts, that stand in the answer.'),
    jsonPath: jsonPaths
      .optional()
      .describe('Values by path, such as {"$.items[0].id": 1}; a path alone has to be there.'),
  })
  .prefault({})

const endpoint = z.strictObject({
  method,
  path: z.string().min(1).describe('Such as /health; always of the started application.'),
  ...body,
  status: z.int().min(100).max(599).optional().describe('Short for expect.status.'),
  expect,
})

const target = {
  selector: z.string().min(1).optional().describe('CSS selector, such as #save.'),
  label: z
    .string()
    .min(1)
    .optional()
    .describe('What a person reads on a button or link, or beside a field.'),
}

const NO_TARGET = 'Name a selector or a label.'

function hasTarget(step: { selector?: string | undefined; label?: string | undefined }): boolean {
  return (step.selector ?? step.label) !== undefined
}

const step = z.union([
  z.strictObject({
    request: z.strictObject({ method, path: z.string().min(1), ...body }),
    expect,
    capture: z
      .record(z.string(), z.string())
      .default({})
      .describe('JSON path by name; {{name}} stands for the value in later steps.'),
  }),
  z.strictObject({ browser: z.literal('goto'), path: z.string().min(1) }),
  z.strictObject({ browser: z.literal('click'), ...target }).refine(hasTarget, NO_TARGET),
  z
    .strictObject({ browser: z.literal('fill'), ...target, value: z.string() })
    .refine(hasTarget, NO_TARGET),
  z.strictObject({ browser: z.literal('expectText'), text: z.string().min(1), ...target }),
])

const start = z.strictObject({
  command: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe('Program and arguments, started without a shell; default: found in the project.'),
  folder: z.string().optional().describe('Where it is started, relative to the workspace.'),
  url: z
    .url()
    .optional()
    .describe(
      'Where it listens, such as http://localhost:4190; default: a free port, told as PORT.',
    ),
  readyLine: z.string().min(1).optional().describe('Text of a line that says that it is ready.'),
  readySeconds: z.number().positive().default(60).describe('How long it may take to get ready.'),
  env: z
    .record(z.string(), z.string())
    .default({})
    .describe('Variables for it; {port} and {temp} (a folder of its own) are filled in.'),
  inherit: texts.default([]).describe('Names of variables handed on from the server.'),
  artifacts: texts
    .default([])
    .describe('Files that a build has to have made before the start, such as dist/index.html.'),
  selfSigned: z.boolean().default(false).describe('Takes a certificate that nobody vouches for.'),
})

const waived = z.strictObject({
  gotcha: z.string().min(1).describe('Its topic, as the report names it.'),
  file: z.string().optional().describe('Default: everywhere.'),
  reason: z.string().min(1),
})

/** The part `validation` of the settings. */
export const validationSchema = z.strictObject({
  start: z
    .union([z.literal(false), start])
    .prefault({})
    .describe('How the application is started; false: there is nothing to start.'),
  health: z.string().min(1).optional().describe('Path that answers 2xx when all is well.'),
  endpoints: z.array(endpoint).optional(),
  flows: z
    .array(z.strictObject({ name: z.string().min(1), steps: z.array(step).min(1) }))
    .optional(),
  frontend: z
    .union([z.string().min(1), z.literal(false)])
    .optional()
    .describe('Path of the first page; false: it has no pages. Default: / where that is HTML.'),
  callers: z
    .array(z.url())
    .default([])
    .describe('Origins of other sites whose pages have to be able to call it (CORS).'),
  browser: z
    .string()
    .optional()
    .describe('Path of Chromium or Chrome; default: the one of the machine.'),
  requestSeconds: z
    .number()
    .positive()
    .default(10)
    .describe('For one request, or one step of a page.'),
  gotchas: z.string().default(DEFAULT_GOTCHAS_FILE).describe('File of known traps.'),
  waivedGotchas: z.array(waived).default([]).describe('Traps that a person has judged harmless.'),
})

export type ValidationSettings = z.infer<typeof validationSchema>
