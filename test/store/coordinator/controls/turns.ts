import { changed, type Control } from './control.ts'

/** Stores with wrong turns. */
export const TURN_CONTROLS: Control[] = [
  {
    name: 'which writes only at the end of a turn, if that has no error',
    caughtBy: ['undoes neither its lines nor the leases', 'seen inside and after'],
    change: store => ({
      async withTurn(work) {
        const left: (() => Promise<unknown>)[] = []
        const result = await work(
          changed(store, {
            change: () => ({
              async append(feature, addition) {
                left.push(() => store.append(feature, addition))
                return addition.after + 1
              },
            }),
          }),
        )
        for (const write of left) await write()
        return result
      },
    }),
  },
  {
    name: 'which keeps an error of a turn to itself',
    caughtBy: ['after an error in a turn', 'undoes neither its lines'],
    change: store => ({
      async withTurn(work) {
        let failure: unknown
        try {
          return await work(store)
        } catch (error) {
          failure = error
        }
        throw new Error('The turn failed.', { cause: failure })
      },
    }),
  },
  {
    name: 'which is closed for everybody when one client closes it',
    caughtBy: ['leaves it open for the others'],
    change: () => ({
      async close() {
        throw new Error('closed')
      },
    }),
  },
]
