import { expect } from 'vitest'
import type { Check } from '../shared-project.ts'

/** Text that some encodings, databases and shells change. */
const TEXTS = [
  'ä ö ü ß é e\u0301 测试 🧪 👩‍👩‍👧',
  'a\u0000b\u0007\u001b[31m\u2028\u2029\uFEFF',
  `'; DROP TABLE commits; -- "$(id)" \`id\` \\ \\\\ %s %00 {} $1 :x`,
  '\r\n\t trailing ',
]

/** Names that are not a valid name of a reference, a table or a file of another system. */
const NAMES = [
  '001-stack',
  'Feature',
  'feature',
  'with space',
  "it's",
  'a~b^c:d?e*f[g',
  'x..y@{z}.lock',
  '.hidden.',
  '-option',
  '$HOME "quoted" `id` %2F',
  'é',
  'e\u0301',
  '测试🧪',
  'packages~web~specs~001-stack',
  'constructor',
]

/** What lines and names may contain. */
export const CONTENTS: Check[] = [
  {
    name: 'long lines, many lines and any text come back as they were',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      for (const text of TEXTS) await one.add({ tasks: [text], by: text })
      await one.add({ tasks: Array.from({ length: 400 }, (_, at) => `many ${at}`) })
      await one.add({ tasks: ['long'], by: 'ü'.repeat(300_000) })
      await other.add({ tasks: TEXTS })
      await one.see()
      const { lines } = await (await open('reader')).see()
      expect(lines.toSorted()).toEqual(one.view().lines.toSorted())
      expect(lines).toHaveLength(TEXTS.length * 2 + 401)
      // `View` has checked each line against its hash.
      const tasks = lines.map(line => JSON.parse(line).task)
      for (const text of TEXTS) expect(tasks.filter(task => task === text)).toHaveLength(2)
    },
  },
  {
    name: 'features are listed by their names, whatever these are',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      expect(await one.store.features()).toEqual([])
      await one.take('T1')
      expect(await other.store.features()).toEqual([])
      for (const feature of NAMES) await one.add({ feature, tasks: [feature] })
      await other.add({ feature: NAMES[0] ?? '', tasks: ['again'] })
      expect((await other.store.features()).toSorted()).toEqual(NAMES.toSorted())
      for (const feature of NAMES) {
        const { lines } = await other.see(feature)
        expect(JSON.parse(lines[0] ?? '').task).toBe(feature)
        expect(lines).toHaveLength(feature === NAMES[0] ? 2 : 1)
      }
    },
  },
  {
    name: 'leases of tasks and features with such names are kept apart',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      const names = [...NAMES, `'; DROP TABLE leases; -- \\ %s`]
      let table = await one.store.leases()
      for (const task of names) table = await one.takeIn(table, task)
      expect(Object.keys(table.leases)).toHaveLength(names.length)
      expect((await other.store.leases()).leases).toEqual(table.leases)
      // A decision about one of them is not about the one whose name looks the same.
      await one.see()
      const decision = one.decision({ tasks: ['é'] }, { task: 'é', table })
      await other.take('e\u0301')
      await one.store.append('f', decision)
      expect((await other.see()).tasks()).toEqual(['é'])
    },
  },
]
