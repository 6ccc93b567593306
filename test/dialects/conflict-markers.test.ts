import { describe, expect, test } from 'vitest'
import { ConflictMarkers, refuseConflictMarkers } from '../../src/dialects/conflict-markers.ts'

const OURS = '<<<<<<< HEAD\n- [ ] T002 a\n'
const REST = '=======\n- [ ] T002 b\n>>>>>>> other\n'

/** The line of the marker; `undefined` if the file may be read. */
function lineIn(path: string, text: string): number | undefined {
  try {
    refuseConflictMarkers(path, text)
    return undefined
  } catch (error) {
    if (error instanceof ConflictMarkers) return error.line
    throw error
  }
}

describe('markers of a merge', () => {
  test.each(['tests/merge.test.js', 'src/merge.py', 'tests/fixtures/conflict.txt'])(
    'are not looked for in %s, which is not a file of a plan',
    path => {
      expect(lineIn(path, `${OURS}${REST}`)).toBeUndefined()
    },
  )

  test.each(['specs/1/tasks.md', 'plan.json', '.specify/extensions.yml', 'PLAN'])(
    'are found in %s',
    path => {
      expect(lineIn(path, `${OURS}${REST}`)).toBe(1)
    },
  )

  test.each([
    ['both sides', `# T\n\n- [ ] T001 x\n${OURS}${REST}`, 4],
    ['both sides and the base', `# T\n${OURS}||||||| 1a2b3c4\n- [ ] T002\n${REST}`, 2],
    ['only the end, because the beginning was deleted', `# T\n- [ ] T002 a\n${REST}`, 5],
    ['only the base', '# T\n||||||| merged common ancestors\n- [ ] T002 a\n', 2],
    ['a marker without a name', '# T\n<<<<<<<\na\n', 2],
    ['Windows line endings', `# T\r\n${OURS}${REST}`.replaceAll(/\r?\n/g, '\r\n'), 2],
    ['a marker after a code block', `# T\n\`\`\`\n<<<<<<< shown\n\`\`\`\n${OURS}${REST}`, 5],
    ['a byte order mark and a marker in the first line', `\u{feff}x\n${OURS}${REST}`, 2],
  ])('are found in Markdown with %s', (_, text, line) => {
    expect(lineIn('specs/001/tasks.md', text)).toBe(line)
  })

  test.each([
    ['a code block that shows them', `# T\n\`\`\`diff\n${OURS}${REST}\`\`\`\n- [ ] T001 x\n`],
    ['a code block in an item', '- [ ] T001 x\n  ```\n<<<<<<< HEAD\n  ```\n'.replace('<<', '  <<')],
    ['a comment', `<!--\n${OURS}${REST}-->\n- [ ] T001 x\n`],
    ['a heading with a line below it', 'Tasks\n=======\n\n- [ ] T001 x\n'],
    ['a text about them', 'Look for `<<<<<<< HEAD` and >>>>>>> in the files.\n'],
    ['a deep quotation', '>>>>>>>> eight\n'],
  ])('are not seen in %s', (_, text) => {
    expect(lineIn('specs/001/tasks.md', text)).toBeUndefined()
  })

  test.each([
    'docs/plans/a.json',
    '.specify/feature.json',
    'conductor/tracks/a/metadata.json',
    '.specify/extensions.yml',
  ])('are found in %s', path => {
    expect(lineIn(path, `{\n  "a": 1,\n${OURS}${REST}}\n`)).toBe(3)
    expect(lineIn(path, '{\n  "a": "<<<<<<< HEAD"\n}\n')).toBeUndefined()
  })
})
