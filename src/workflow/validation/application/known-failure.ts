/** A common reason why an application fails although its tests pass. */
export interface KnownFailure {
  symptom: string
  cause: string
  cure: string
}

/** What a validation found that may be a symptom. */
export interface Signs {
  /** The last output of the application. */
  output: string
  /** Paths of pages and assets that were answered with 404. */
  notFound: readonly string[]
  /** Files of the project that such a path may be meant for. */
  present: readonly string[]
  /** Build artifacts that do not exist. */
  missingArtifacts: readonly string[]
  /** A page has no visible content and no script that could create it. */
  emptyPage: boolean
  /** Browser messages and missing headers about requests from other origins. */
  crossOrigin: readonly string[]
  /** The application was not started, or ended before it was stopped. */
  ended: boolean
}

/** The known failures whose symptoms were found, the likeliest first. */
export function knownFailures(signs: Signs): KnownFailure[] {
  return [
    missingBuild(signs),
    relativePath(signs),
    missingVariable(signs),
    crossOrigin(signs),
    portTaken(signs),
    waitsForInput(signs),
  ].filter(known => known !== undefined)
}

function missingBuild({ missingArtifacts, output, emptyPage, notFound, present }: Signs) {
  const [file] = missingArtifacts
  const inOutput = MISSING_BUILD.exec(output)?.[0]
  const builtPath = notFound.find(path => BUILT_PATH.test(path))
  const isAbsent = builtPath !== undefined && present.length === 0
  if (file === undefined && inOutput === undefined && !emptyPage && !isAbsent) return undefined
  const what = file ?? builtPath ?? inOutput ?? 'the page'
  return {
    symptom: `The tests pass, but the application serves nothing or 404 instead of build output (${what}).`,
    cause: 'The build was not run, or it writes to another folder than the one that is served.',
    cure: 'Run the build before the start, and make sure that its output is where the application looks for it.',
  }
}

function relativePath({ notFound, present, missingArtifacts }: Signs) {
  const [path] = notFound
  const [file] = present
  if (path === undefined || file === undefined || missingArtifacts.length > 0) return undefined
  return {
    symptom: `The tests pass, but GET ${path} is answered with 404 although ${file} exists.`,
    cause:
      'A relative path. It is resolved against the folder of the module or of the start, which differs from the one in the tests.',
    cure: 'Make the path absolute, based on the location of the source file, before files are served from it.',
  }
}

function missingVariable({ output, ended }: Signs) {
  const name = VARIABLE.map(pattern => pattern.exec(output)?.[1]).find(name => name !== undefined)
  if (name === undefined || !ended) return undefined
  return {
    symptom: `The tests pass, but the application ends at its start because ${name} is missing.`,
    cause: `The environment variable ${name} is not set. Tests often set their own value.`,
    cure: `Check the variable at the start, report it with a clear message, and document it. A human sets it under validation.start.env in redgreen.config.json, or names it under validation.start.inherit: the application gets no other variables.`,
  }
}

function crossOrigin({ crossOrigin: [sign] }: Signs) {
  if (sign === undefined) return undefined
  return {
    symptom: `Pages of another origin cannot call the application (${sign}).`,
    cause: 'Cross-origin requests (CORS) are not allowed for the production origin.',
    cure: 'Send Access-Control-Allow-Origin for that origin, and make the origin configurable.',
  }
}

function portTaken({ output }: Signs) {
  if (!PORT_TAKEN.test(output)) return undefined
  return {
    symptom: 'The application ends at its start because its port is taken.',
    cause: 'Another program listens on the port, often an instance that was started by hand.',
    cure: 'Stop that program, or read the port from the variable PORT.',
  }
}

function waitsForInput({ output }: Signs) {
  const last = output.trimEnd().split('\n').at(-1) ?? ''
  if (!QUESTION.test(last)) return undefined
  return {
    symptom: `The application waits for an answer: ${last.trim().slice(-120)}`,
    cause: 'It reads from standard input, which is empty.',
    cure: 'Pass the answer as a variable or as an option of the start command.',
  }
}

const MISSING_BUILD =
  /(?:ENOENT|Cannot find module|No such file or directory|FileNotFoundError)[^\n]{0,200}?\b(?:dist|build|out|\.next|target|public)\/[^\s'"]{0,200}/i
const BUILT_PATH = /\/(assets|static|dist|build|_next|js|css)\/|[.-][\da-f]{8,}\.\w+$/i
const NAME = String.raw`["'\x60]?([A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]{4,30})["'\x60]?`
const VARIABLE = [
  new RegExp(
    `${NAME} (?:environment variable |variable )?(?:(?:is|was|are) )?(?:missing|required|not set|unset|undefined|not defined|not provided|must be set|has to be set|needs to be set)`,
  ),
  new RegExp(
    `(?:[Mm]issing|[Rr]equired?s?|[Uu]ndefined|[Uu]nset|[Pp]lease set|[Nn]eeds?|[Ee]xpects?)(?: the| a)?(?: required)?(?: [Ee]nv(?:ironment)?)?(?: [Vv]ar(?:iable)?s?)?:? ${NAME}`,
  ),
  new RegExp(`KeyError: ${NAME}`),
  new RegExp(`[Ee]nvironment [Vv]ariable:? ${NAME}`),
]
const PORT_TAKEN = /EADDRINUSE|address already in use|port \d+ is (?:already )?(?:in use|taken)/i
const QUESTION = /(?:\?|\[y\/n\]|\(y\/n\)|\(yes\/no\)|password:|passphrase:)\s*$/i
