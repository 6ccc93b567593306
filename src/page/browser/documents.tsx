import type { FeatureView } from '../wire.ts'
import { useData, type Live } from './live-data.ts'
import { Note } from './parts.tsx'
import { hrefOf } from './route.ts'

/** The documents of a feature. The server renders and sanitises them. */
export function Documents({
  feature,
  workspace,
  name,
  live,
}: {
  feature: FeatureView
  workspace: string
  name: string
  live: Live
}) {
  const [first] = feature.documents
  const shown = name || (first?.name ?? '')
  if (shown === '') return <Note>This feature has no documents.</Note>
  return (
    <div class="documents">
      <nav aria-label="Documents">
        <ul>
          {feature.documents.map(document => (
            <li key={document.name}>
              <a
                href={hrefOf('documents', workspace, feature.key, document.name)}
                aria-current={document.name === shown ? 'page' : undefined}
              >
                {document.name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Document
        key={shown}
        query={{ workspace, feature: feature.key, document: shown }}
        live={live}
      />
    </div>
  )
}

function Document({ query, live }: { query: Record<string, string>; live: Live }) {
  const { data, problem } = useData('document', query, live.revision)
  if (problem !== undefined) return <p class="problem">{problem}</p>
  if (!data) return <Note>Loading…</Note>
  return (
    <article class="document">
      <p class="dim">
        <code>{data.path}</code>
      </p>
      {/* The server has sanitised it: text of documents never becomes a script, a style or a form. */}
      <div dangerouslySetInnerHTML={{ __html: data.html }} />
    </article>
  )
}
