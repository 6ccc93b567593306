import { useState } from 'preact/hooks'
import type { VerificationView } from '../wire.ts'
import { useData } from './live-data.ts'
import { Note, Section } from './parts.tsx'

/** What `redgreen verify` says about the ledger of a feature. It is checked when the view is opened, and on demand. */
export function Verification({ query }: { query: Record<string, string> }) {
  const [times, setTimes] = useState(0)
  const { data, problem } = useData('verification', query, times)
  return (
    <>
      <div class="tools">
        <button type="button" onClick={() => setTimes(times + 1)}>
          Check again
        </button>
        <span class="dim">
          The same as <code>redgreen verify</code>, without a replay.
        </span>
      </div>
      {problem !== undefined && <p class="problem">{problem}</p>}
      {!data && problem === undefined && <Note>Checking…</Note>}
      {data && <Verified data={data} />}
    </>
  )
}

function Verified({
  data: { passed, events, findings, notes, evidence },
}: {
  data: VerificationView
}) {
  return (
    <>
      <p class={passed ? 'verdict good' : 'verdict bad'}>
        {passed
          ? '✓ The evidence holds'
          : `✕ ${findings.length === 1 ? '1 finding' : `${findings.length} findings`}`}
        <span class="dim"> · {events === 1 ? '1 event' : `${events} events`} in the ledger</span>
      </p>
      {findings.length > 0 && (
        <ul class="findings">
          {findings.map(({ place, text }) => (
            <li key={`${place} ${text}`}>
              <code>{place}</code> {text}
            </li>
          ))}
        </ul>
      )}
      {evidence.length > 0 && <Classes evidence={evidence} />}
      {notes.length > 0 && (
        <Section title="Notes">
          {notes.map(note => (
            <p class="fact" key={note}>
              {note}
            </p>
          ))}
        </Section>
      )}
    </>
  )
}

function Classes({ evidence }: Pick<VerificationView, 'evidence'>) {
  return (
    <Section title="What the evidence consists of" extra={<span class="dim">weakest first</span>}>
      <table>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">Count</th>
            <th scope="col">Which</th>
          </tr>
        </thead>
        <tbody>
          {evidence.map(({ name, count, members }) => (
            <tr key={name}>
              <td>{name}</td>
              <td class="number">{count}</td>
              <td>
                {members.join(', ')}
                {count > members.length && ' …'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
