import type { Application, PageTarget } from '../../../plan/application.ts'
import type { OpenBrowser } from '../../../runner/browser.ts'
import type { PageProblem } from '../../../runner/page-problems.ts'
import type { Service } from '../../../runner/service.ts'
import type { Context } from '../../context/context.ts'
import type { Screenshots } from './screenshots.ts'

/** The running application, and what the gates have found so far. */
export interface App {
  context: Context
  application: Application
  service: Service
  /** Its origins, the main one first. Nothing else is ever requested. */
  origins: string[]
  /** The origin of its pages. */
  pages: string
  /** Values that are removed from all texts. */
  secrets: string[]
  selfSigned: boolean
  /** Time limit of one request, or of one step on a page. */
  timeoutMs: number
  /** The time, by `performance.now()`, until which the health endpoint may still report that the application is starting. */
  healthyBy: number
  /** Starts the browser at first use. Resolves to what is missing if it cannot be started. */
  browser: () => Promise<OpenBrowser | { missing: string }>
  screenshots: Screenshots
  /** URL of the first page, once the assets gate has found it. */
  frontend: string | undefined
  pageProblems: (PageProblem & { page: string })[]
  /** Symptoms of known failures. */
  signs: { notFound: string[]; crossOrigin: string[]; emptyPage: boolean }
}

/** Why the application has ended; `undefined` while it runs. */
export function endedReason({ service }: App): string | undefined {
  const end = service.end()
  if (!end) return undefined
  if (end.end === 'output_limit')
    return `the application was stopped after ${Math.round(end.outputBytes / 1024 / 1024)} MB of output`
  if (end.end === 'timed_out') return 'the application was stopped after its time limit'
  const how = end.signal === null ? `exit code ${end.exitCode}` : `signal ${end.signal}`
  return `the application ended by itself (${how})`
}

export function formatTarget(target: PageTarget): string {
  return 'selector' in target ? target.selector : JSON.stringify(target.label)
}
