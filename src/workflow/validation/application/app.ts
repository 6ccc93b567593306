import type { Application, PageTarget } from '../../../plan/application.ts'
import type { OpenBrowser, PageProblem } from '../../../runner/browser.ts'
import type { Service } from '../../../runner/service.ts'
import type { Context } from '../../context/context.ts'
import type { Screenshots } from './screenshots.ts'

/** The application at work, with what the gates have seen of it so far. */
export interface App {
  context: Context
  application: Application
  service: Service
  /** Where it is found, its own first; nothing else is ever called. */
  origins: string[]
  /** Where its pages are; one of the origins. */
  pages: string
  secrets: string[]
  selfSigned: boolean
  /** For one request, or one step on a page. */
  timeoutMs: number
  /** When it has to be well at last. */
  healthyBy: number
  /** The machine's browser, started at first use; or what is missing for it. */
  browser: () => Promise<OpenBrowser | { missing: string }>
  screenshots: Screenshots
  /** Address of the first page, once one was seen. */
  frontend: string | undefined
  trouble: (PageProblem & { page: string })[]
  signs: { notFound: string[]; crossOrigin: string[]; emptyPage: boolean }
}

/** Why nothing more can be asked of it; `undefined` while it runs. */
export function endedReason({ service }: App): string | undefined {
  const end = service.end()
  if (!end) return undefined
  if (end.end === 'output_limit')
    return `the application was ended after ${Math.round(end.outputBytes / 1024 / 1024)} MB of output`
  if (end.end === 'timed_out') return 'the application was ended because its time was over'
  const how = end.signal === null ? `exit code ${end.exitCode}` : `signal ${end.signal}`
  return `the application ended by itself (${how})`
}

/** How a target is told. */
export function formatTarget(target: PageTarget): string {
  return 'selector' in target ? target.selector : JSON.stringify(target.label)
}
