import { openPostgres } from '../../src/store/coordinator/postgres/postgres-coordinator.ts'

// Uses a store, watches it, and does nothing to end.

const [, , url = ''] = process.argv
const store = await openPostgres({ url, project: 'ending', clone: 'one' })
await store.watch(() => {}).ready
const { number } = await store.withTurn(turn => turn.leases())
console.log(number)
