/** The shape of a real project: its files, and three tasks in it. */
export interface Shape {
  name: string
  /** npm packages that it needs, in one folder of packages. */
  modules: string[]
  /** Programs that it needs on the PATH. */
  programs?: string[]
  /** Modules that a Python needs. */
  python?: string[]
  files: Record<string, string>
  /** It is installed in an environment of its own, from its folder. */
  editable?: true
  /** The command that a developer runs for the suite. */
  byHand: string[]
  tasks: ShapeTask[]
}

export interface ShapeTask {
  /** Path of the code, which the title of the task names. */
  code: string
  /** Code that lets the test load, and code that is right. */
  stub: string
  done: string
  test: string
  text: string
}

type Writer = (
  index: number,
) => Omit<ShapeTask, 'stub' | 'done'> & { source: (value: string) => string }

/** Three tasks that return 1, 2 and 3, where the code first returns 0. */
export function threeTasks(write: Writer): ShapeTask[] {
  return [1, 2, 3].map(index => {
    const { source, ...task } = write(index)
    return { ...task, stub: source('0'), done: source(String(index)) }
  })
}

/** A manifest as text. */
export function manifest(content: object): string {
  return JSON.stringify({ name: 'shape', private: true, ...content })
}
