/** What a plan or the settings say about the application that the feature builds. Plain data: the same for both. */

export interface Application {
  /** How it is started; `undefined` leaves that to be found out from the project. */
  start?: StartCommand
  /** Path or address that says whether it is well. */
  health?: string
  /** Path or address of its first page; `false` for an application without pages. */
  frontend?: string | false
  endpoints: Endpoint[]
  flows: Flow[]
  /** Origins of other sites whose pages may call it, such as `https://app.example`. */
  callers: string[]
}

export interface StartCommand {
  /** Program and arguments, or words that are split without a shell. */
  command: string | string[]
  /** Relative to the workspace. */
  folder?: string
  /** Where it will be found, such as `http://localhost:4190`; without it a free port is chosen and told as PORT. */
  url?: string
  /** Text of a line that it prints when it is ready. */
  readyLine?: string
  /** Variables beside the allow-list. */
  env: Record<string, string>
  /** Names of variables that are handed on from the server's own environment. */
  inherit: string[]
  /** Files that a build has to have made before the start. */
  artifacts: string[]
}

/** A request to the application; `path` may be a whole address of it. */
export interface AppRequest {
  method: string
  path: string
  headers: Record<string, string>
  json?: unknown
  form?: Record<string, string>
}

export interface Expectation {
  /** Any success (2xx) where it is absent. */
  status?: number
  /** Texts that stand in the answer. */
  contains: string[]
  /** What is found by JSON path; without `equals` it only has to be there. */
  json: { path: string; equals?: unknown }[]
}

export interface Endpoint {
  request: AppRequest
  expect: Expectation
}

/** What a person does, from beginning to end. */
export interface Flow {
  name: string
  steps: FlowStep[]
}

/** Every step has the words by which it is told. */
export type FlowStep = { source: string } & (
  | {
      does: 'request'
      request: AppRequest
      expect: Expectation
      /** JSON paths by the name under which the value is kept: `{{name}}` stands for it in later steps. */
      capture: Record<string, string>
    }
  | { does: 'goto'; path: string }
  | { does: 'click'; target: PageTarget }
  | { does: 'fill'; target: PageTarget; value: string }
  | { does: 'expectText'; text: string; target?: PageTarget }
  /** Words that nobody can carry out. */
  | { does: 'unread' }
)

/** A part of a page: by CSS selector, or by what a person reads on or beside it. */
export type PageTarget = { selector: string } | { label: string }

/** A request in the words of reports, such as `POST /finds`. */
export function formatRequest({ method, path }: Pick<AppRequest, 'method' | 'path'>): string {
  return `${method} ${path}`
}
