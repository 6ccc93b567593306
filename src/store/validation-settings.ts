import * as z from 'zod'
import { DEFAULT_GOTCHAS_FILE } from '../plan/gotcha.ts'

/** What the settings may say about the application at work, and about what it is looked at for. */

const texts = z.array(z.string().min(1))
const jsonPaths = z.union([z.string().min(1), z.record(z.string(), z.json())])
const method = z
  .enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
  .default('GET')
  .describe('HTTP method.')

const body = {
  json: z.json().optional().describe('Body, sent as JSON.'),
  form: z.record(z.string(), z.string()).optional().describe('Body, sent as a form.'),
  headers: z
    .record(z.string(), z.string())
    .default({})
    .describe('Request headers, such as {"Accept": "application/json"}.'),
}

const expect = z
  .strictObject({
    status: z.int().min(100).max(599).optional().describe('Expected status; default: any 2xx.'),
    contains: z
      .union([z.string(), texts])
      .optional()
      .describe('Text or texts that the response must contain.'),
    jsonPath: jsonPaths
      .optional()
      .describe(
        'Expected values by JSON path, such as {"$.items[0].id": 1}. A path alone must exist.',
      ),
  })
  .prefault({})
  .describe('Expected response.')

const path = z.string().min(1).describe('Path on the started application, such as /notes.')

const endpoint = z.strictObject({
  method,
  path,
  ...body,
  status: z.int().min(100).max(599).optional().describe('Short form of expect.status.'),
  expect,
})

const target = {
  selector: z.string().min(1).optional().describe('CSS selector, such as #save.'),
  label: z
    .string()
    .min(1)
    .optional()
    .describe('Visible text of a button or link, or the label of a field.'),
}

const NO_TARGET = 'Set a selector or a label.'

function hasTarget(step: { selector?: string | undefined; label?: string | undefined }): boolean {
  return (step.selector ?? step.label) !== undefined
}

const step = z.union([
  z.strictObject({
    request: z.strictObject({ method, path, ...body }).describe('An HTTP request.'),
    expect,
    capture: z
      .record(z.string(), z.string())
      .default({})
      .describe('Values to keep, as JSON paths by name. Later steps use them as {{name}}.'),
  }),
  z.strictObject({ browser: z.literal('goto').describe('Open a page.'), path }),
  z
    .strictObject({ browser: z.literal('click').describe('Click an element.'), ...target })
    .refine(hasTarget, NO_TARGET),
  z
    .strictObject({
      browser: z.literal('fill').describe('Fill a field.'),
      ...target,
      value: z.string().describe('Text to type.'),
    })
    .refine(hasTarget, NO_TARGET),
  z.strictObject({
    browser: z.literal('expectText').describe('Wait for a text on the page.'),
    text: z.string().min(1).describe('Text to wait for.'),
    ...target,
  }),
])

const start = z.strictObject({
  command: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe('Program and arguments, started without a shell. Default: detected.'),
  folder: z.string().optional().describe('Working directory, relative to the project folder.'),
  url: z
    .url()
    .optional()
    .describe(
      'URL on which it listens, such as http://localhost:4190. Default: a free port, passed as PORT.',
    ),
  readyLine: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Text in the output line that shows that it is ready. Default: it listens on its port.',
    ),
  readySeconds: z.number().positive().default(60).describe('Longest time until it is ready.'),
  env: z
    .record(z.string(), z.string())
    .default({})
    .describe('Environment variables. {port} and {temp} (a temporary folder) are replaced.'),
  inherit: texts.default([]).describe('Names of environment variables passed on from the server.'),
  artifacts: texts
    .default([])
    .describe('Files that a build must have created before the start, such as dist/index.html.'),
  selfSigned: z.boolean().default(false).describe('Accept a self-signed certificate.'),
})

const waived = z.strictObject({
  gotcha: z.string().min(1).describe('Gotcha, named as in the validation report.'),
  file: z.string().optional().describe('Only in this file; default: everywhere.'),
  reason: z.string().min(1).describe('Why it is harmless.'),
})

/** The part `validation` of the settings. */
export const validationSchema = z.strictObject({
  start: z
    .union([z.literal(false), start])
    .prefault({})
    .describe('How the application is started; false: there is none.'),
  health: z
    .string()
    .min(1)
    .optional()
    .describe('Path of the health endpoint, which must answer with 2xx, such as /health.'),
  endpoints: z.array(endpoint).optional().describe('Requests and their expected responses.'),
  flows: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe('Name of the flow in the report.'),
        steps: z.array(step).min(1).describe('Requests and browser steps, in order.'),
      }),
    )
    .optional()
    .describe('User flows. The steps of a flow share cookies.'),
  frontend: z
    .union([z.string().min(1), z.literal(false)])
    .optional()
    .describe(
      'Path of the first page; false: there are no pages. Default: / if it answers with HTML.',
    ),
  callers: z
    .array(z.url())
    .default([])
    .describe('Origins whose pages must be able to call it (CORS), such as https://app.example.'),
  browser: z.string().optional().describe('Path of Chromium or Chrome. Default: detected.'),
  requestSeconds: z
    .number()
    .positive()
    .default(10)
    .describe('Time limit of one request or one browser step.'),
  gotchas: z.string().default(DEFAULT_GOTCHAS_FILE).describe('File with known gotchas.'),
  waivedGotchas: z.array(waived).default([]).describe('Gotchas that a human judged harmless.'),
})

export type ValidationSettings = z.infer<typeof validationSchema>
