import { stripVTControlCharacters } from 'node:util'

/** The output of the demo with fixed values for everything that differs from run to run. */
export function withFixedValues(output: string): string {
  return output
    .replaceAll(/\/\S*\/redgreen-demo-\w+/g, '/tmp/redgreen-demo')
    .replaceAll(/(?<=http:\/\/localhost:)\d+/g, '4180')
    .replaceAll(/(?<= after )\d+\.\d(?= s\b)/g, '0.1')
    .replaceAll(/(?<=Finished in )\d+(?= s\.)/g, '25')
    .replaceAll(/[0-9a-f]{10}(?=\.jsonl)/g, '1f0c9a7b3e')
}

/** The page with the whole output. */
export function transcriptPage(output: string): string {
  return `# Transcript of the demo

\`npm run demo\` copies [examples/spec-kit](../examples/spec-kit) into a temporary folder and connects a real MCP client to the
built server. The client implements twelve tasks as an assistant would. The tests really fail and really pass. Four times the
client tries something dishonest, and the server refuses or ignores it.

\`npm run recording\` runs the demo and writes this page and the [animation](demo.svg) in the README. Port, durations and folder
names are replaced by fixed values.

\`\`\`text
${stripVTControlCharacters(output).trim()}
\`\`\`

| label | meaning |
| --- | --- |
| attempt | The assistant tries something dishonest. |
| refused | The server refuses the call. The code in brackets is explained in [troubleshooting](troubleshooting.md). |
| red | The server ran the new tests, and they failed because the behaviour is missing. |
| green | The server ran the same, unchanged tests, and they passed. |
| suite | The server ran the full suite, or the tests of the feature. Tests that were written ahead of their code may still fail. |
| ticked | The server ticked the task in the plan and changed no other byte. |
| replay | \`redgreen verify --replay\` ran every recorded RED and GREEN again in a fresh clone. |
`
}

/** The blocks of the output, divided by empty lines, that contain one of these texts. */
export function excerpt(output: string, texts: readonly string[]): string[][] {
  const blocks = output.split(/\n\s*\n/).map(block => block.split('\n'))
  return texts.map(text => {
    const found = blocks.find(([first = '']) => stripVTControlCharacters(first).includes(text))
    if (found) return found
    throw new Error(`The output of the demo has no block that begins with ${text}.`)
  })
}
