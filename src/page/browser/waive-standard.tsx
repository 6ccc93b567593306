import { textIn } from './connection.ts'
import type { DecisionPlace } from './decision.tsx'
import type { Live } from './live-data.ts'
import { Waive } from './waive.tsx'

/** Lets a human decide that one of the open standards does not apply. */
export function WaiveStandard({
  standards,
  ...rest
}: {
  standards: readonly string[]
  place: Pick<DecisionPlace, 'workspace' | 'feature'>
  isAuthorised: boolean
  live: Live
}) {
  return (
    <Waive
      {...rest}
      title="A standard does not apply…"
      decide={(form, reason) => {
        const standard = textIn(form, 'standard')
        return {
          decision: { step: 'waive-standard', standard, reason },
          command: `redgreen waive --standard "${standard}" --reason "${reason}"`,
        }
      }}
    >
      <label>
        Waive{' '}
        <select name="standard">
          {standards.map(name => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
    </Waive>
  )
}
