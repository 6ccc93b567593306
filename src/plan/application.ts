/** The application that a feature builds, as a plan or the settings describe it. Plain data: the same shape for both. */

export interface Application {
  /** How to start it; `undefined` means: detect it from the project. */
  start?: StartCommand
  /** Path or URL of the health check. */
  health?: string
  /** Path or URL of its first page; `false` for an application without pages. */
  frontend?: string | false
  endpoints: Endpoint[]
  flows: Flow[]
  /** Origins of other sites whose pages may call it, such as `https://app.example`. */
  callers: string[]
}

export interface StartCommand {
  /** Program and arguments, or one string that is split without a shell. */
  command: string | string[]
  /** Relative to the workspace. */
  folder?: string
  /** Where it listens, such as `http://localhost:4190`; without it, a free port is chosen and passed as PORT. */
  url?: string
  /** Text of a line that it prints when it is ready. */
  readyLine?: string
  /** Variables to set in addition to the allow-list. */
  env: Record<string, string>
  /** Names of variables to pass on from the server's own environment. */
  inherit: string[]
  /** Files that a build must have produced before the start. */
  artifacts: string[]
}

/** A request to the application; `path` may be a full URL of it. */
export interface AppRequest {
  method: string
  path: string
  headers: Record<string, string>
  json?: unknown
  form?: Record<string, string>
}

export interface Expectation {
  /** Without it, any 2xx status is accepted. */
  status?: number
  /** Texts that the response body contains. */
  contains: string[]
  /** Values in the response body by JSON path; without `equals`, the value only has to exist. */
  json: { path: string; equals?: unknown }[]
}

export interface Endpoint {
  request: AppRequest
  expect: Expectation
}

/** What a user does with the application, from beginning to end. */
export interface Flow {
  name: string
  steps: FlowStep[]
}

/** `source` is the step as it was written. */
export type FlowStep = { source: string } & (
  | {
      does: 'request'
      request: AppRequest
      expect: Expectation
      /** JSON paths by variable name: later steps use the value as `{{name}}`. */
      capture: Record<string, string>
    }
  | { does: 'goto'; path: string }
  | { does: 'click'; target: PageTarget }
  | { does: 'fill'; target: PageTarget; value: string }
  | { does: 'expectText'; text: string; target?: PageTarget }
  /** The text is not a step that can be run. */
  | { does: 'unread' }
)

/** A part of a page: by CSS selector, or by the text that a user reads on it or beside it. */
export type PageTarget = { selector: string } | { label: string }

/** Formats a request for reports, such as `POST /finds`. */
export function formatRequest({ method, path }: Pick<AppRequest, 'method' | 'path'>): string {
  return `${method} ${path}`
}
