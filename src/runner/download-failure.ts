/**
 * A sentence about something that a build tool could not download, such as a plugin or a dependency; `undefined` if its output says
 * nothing of the kind. Then no test ran, and neither the tests nor the code are the cause.
 */
export function downloadFailure(output: string): string | undefined {
  const lines = output.split('\n').map(line => line.slice(0, MAX_LINE_LENGTH))
  const text = lines.join('\n')
  for (const { tool, pattern } of MESSAGES) {
    const { what, why = '' } = pattern.exec(text)?.groups ?? {}
    if (what === undefined) continue
    const cause = why.trim().replace(/[.:]+$/, '')
    return `${tool} could not download ${what}${cause === '' ? '' : ` (${cause})`}, so no test ran`
  }
  return undefined
}

/** No tool needs more for such a message, and the patterns take long for long lines. */
const MAX_LINE_LENGTH = 1000

const ONE_LINE = String.raw`[^\n]{0,300}?`

/** What each tool prints, word for word, at the place of its error. After a warning of Maven, the build continues. */
const MESSAGES: readonly { tool: string; pattern: RegExp }[] = [
  {
    tool: 'Maven',
    pattern: new RegExp(
      `^\\[ERROR\\] ${ONE_LINE}Could not transfer artifact (?<what>\\S+) from/to [^\\n]*?(?<why>(?:Unknown host|Connect|Connection|Network|status code|timed out|No route)[^\\n]{0,80}?)(?:: Name or service not known)?(?= ->|$)`,
      'm',
    ),
  },
  {
    tool: 'Maven',
    pattern: new RegExp(
      `^\\[ERROR\\] ${ONE_LINE}(?<why>Cannot access \\S+) ${ONE_LINE}in offline mode and the artifact (?<what>\\S+) has not been downloaded`,
      'm',
    ),
  },
  {
    tool: 'Gradle',
    pattern: /^[ \t]*> Could not (?:GET|HEAD) '(?<what>[^']+)'(?<why>)/m,
  },
  {
    tool: 'Gradle',
    pattern: /No cached version of (?<what>\S+) available for (?<why>offline mode)/,
  },
  {
    tool: 'Cargo',
    pattern:
      /^error: failed to (?:download from|get|download) `(?<what>[^`]+)`[^]{0,600}?(?<why>(?:Could not|Couldn't) resolve host[^\n]{0,60}|attempting to make an HTTP request, but --offline|network failure)/m,
  },
  {
    tool: 'Go',
    pattern:
      /^(?:go: )?\S*?(?<what>[\w.-]+\.\w+\/\S+@v[\w.+-]+): [^\n]*?(?<why>dial tcp: lookup \S+|module lookup disabled by GOPROXY=off)/m,
  },
  {
    tool: 'NuGet',
    pattern: /error NU1301: (?<why>Unable to load the service index) for source (?<what>\S+?)\.?\s/,
  },
]
