/** A server of tasks that is compared: how its project looks, how it is started, and which calls do the same work in it. */
export interface Contestant {
  /** Heading of its column, with the version of a package. */
  name: string
  /** The files of a project of this size, in the server's own format. */
  files: (size: PlanSize) => Record<string, string>
  start: (root: string) => Command
  /** The call that asks what is next. */
  next: (root: string) => ToolCall
  /** Does what comes before the end of a task, without being measured; returns the calls that prove and finish it. */
  finish: (session: Session, root: string, task: number) => Promise<ToolCall[]>
  /** Whether the files say that the task is done. */
  isDone: (root: string, task: number) => boolean
}

/** The first `done` of the tasks are done. Tasks count from 1. */
export interface PlanSize {
  tasks: number
  done: number
}

export interface Command {
  command: string
  args: string[]
  env?: Record<string, string>
}

export interface ToolCall {
  tool: string
  args: Record<string, unknown>
}

/** A client of a server that runs. */
export interface Session {
  /** The text of the answer; throws if it is an error. */
  call: (call: ToolCall) => Promise<string>
  close: () => Promise<void>
}

/** What a task is called in every format, so that each answer can be checked for it. */
export function titleOf(task: number): string {
  return `Write docs/part-${task}.md`
}

export function numbersTo(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at + 1)
}
