import type { FileChange } from '../wire.ts'
import { Note, Section } from './parts.tsx'

/** How the tests differ now from those of the RED. */
export function Changes({ changes }: { changes: readonly FileChange[] | null }) {
  if (changes === null) return null
  return (
    <Section title="Tests since RED">
      {changes.length === 0 && <Note>The test files are as they were at RED.</Note>}
      {changes.map(({ path, lines }) => (
        <figure class="diff" key={path}>
          <figcaption>
            <code>{path}</code>
          </figcaption>
          <pre tabIndex={0} role="region" aria-label={`Difference of ${path}`}>
            {lines.map(({ sign, text }, at) => (
              <span key={at} class={SIGNS[sign]}>
                {sign === '@' ? `   ${text}` : `${sign} ${text}`}
                {'\n'}
              </span>
            ))}
          </pre>
        </figure>
      ))}
    </Section>
  )
}

const SIGNS = { '+': 'added', '-': 'removed', ' ': 'kept', '@': 'gap' } as const
