/** What often breaks an application whose tests pass, told when its signs are seen. */
export interface KnownFailure {
  symptom: string
  cause: string
  cure: string
}

/** What a validation saw that may be a sign. */
export interface Signs {
  /** The last of what the application printed. */
  output: string
  /** Paths of pages and assets that were answered with 404. */
  notFound: readonly string[]
  /** Files of the project that such a path probably means. */
  present: readonly string[]
  /** Files of a build that are not there. */
  missingArtifacts: readonly string[]
  /** A page came whose body has nothing to see and no script that could fill it. */
  emptyPage: boolean
  /** Messages of browser consoles, and what answers lacked for callers from other origins. */
  crossOrigin: readonly string[]
  /** It ended before it could be used. */
  ended: boolean
}

/** The known failures whose signs are there, the likeliest first. */
export function knownFailures(signs: Signs): KnownFailure[] {
  return [
    buildOutput(signs),
    relativePath(signs),
    variable(signs),
    origins(signs),
    port(signs),
    asked(signs),
  ].filter(known => known !== undefined)
}

function buildOutput({ missingArtifacts, output, emptyPage, notFound, present }: Signs) {
  const asked = MISSING_BUILD.exec(output)?.[0]
  const [file] = missingArtifacts
  const built = notFound.find(path => BUILT.test(path))
  const absent = built !== undefined && present.length === 0
  if (file === undefined && asked === undefined && !emptyPage && !absent) return undefined
  const what = file ?? built ?? asked ?? 'the page'
  return {
    symptom: `The tests pass, and the application serves nothing, or 404, in place of what a build makes (${what}).`,
    cause: 'The build was not run, or it writes to another folder than the one that is served.',
    cure: 'Run the build before the start, and see that its output is where the application looks for it.',
  }
}

function relativePath({ notFound, present, missingArtifacts }: Signs) {
  const [path] = notFound
  const [file] = present
  if (path === undefined || file === undefined || missingArtifacts.length > 0) return undefined
  return {
    symptom: `The tests pass, and GET ${path} is answered with 404 although ${file} is there.`,
    cause:
      'A relative path: it is resolved against the folder of the module or of the start, which is another one here than in the tests.',
    cure: 'Make the path absolute, from the place of the source file itself, before anything is served from it.',
  }
}

function variable({ output, ended }: Signs) {
  const name = VARIABLE.map(pattern => pattern.exec(output)?.[1]).find(name => name !== undefined)
  if (name === undefined || !ended) return undefined
  return {
    symptom: `The tests pass, and the application ends at its start for want of ${name}.`,
    cause: `The environment variable ${name} is not set; tests often have a value of their own.`,
    cure: `Check it at the start with a plain message and document it. A person gives it under validation.start.env in redgreen.config.json, or names it under validation.start.inherit: the application gets no other variables.`,
  }
}

function origins({ crossOrigin }: Signs) {
  const [sign] = crossOrigin
  if (sign === undefined) return undefined
  return {
    symptom: `Pages of another origin cannot call the application (${sign}).`,
    cause: 'Cross-origin requests (CORS) are not allowed for the origin of production.',
    cure: 'Send Access-Control-Allow-Origin for that origin, and let it be configured.',
  }
}

function port({ output }: Signs) {
  if (!PORT_TAKEN.test(output)) return undefined
  return {
    symptom: 'The application ends at its start because its port is taken.',
    cause: 'Another program listens on it, often an instance that was started by hand.',
    cure: 'Stop that program, or let the port be chosen by the variable PORT.',
  }
}

function asked({ output }: Signs) {
  const last = output.trimEnd().split('\n').at(-1) ?? ''
  if (!QUESTION.test(last)) return undefined
  return {
    symptom: `The application waits for an answer: ${last.trim().slice(-120)}`,
    cause: 'It asks on standard input, where nobody answers.',
    cure: 'Give it what it asks for by a variable or an option of its start command.',
  }
}

const MISSING_BUILD =
  /(?:ENOENT|Cannot find module|No such file or directory|FileNotFoundError)[^\n]{0,200}?\b(?:dist|build|out|\.next|target|public)\/[^\s'"]{0,200}/i
const BUILT = /\/(assets|static|dist|build|_next|js|css)\/|[.-][\da-f]{8,}\.\w+$/i
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
