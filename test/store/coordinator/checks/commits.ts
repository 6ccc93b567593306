import { expect } from 'vitest'
import { countDone, outcomeOf } from '../outcomes.ts'
import type { Check } from '../shared-project.ts'
import { View } from '../view.ts'

/** What is added to the ledger, by whom, and in which order. */
export const COMMITS: Check[] = [
  {
    name: 'lines that are based on an old version are not added',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      await one.see()
      await other.see()
      const [mine, again, theirs] = [one, one, other].map(client =>
        client.decision({ tasks: [client.name] }),
      )
      if (!mine || !again || !theirs) throw new Error('no decision')
      const version = await one.store.append('f', mine)
      expect(version).toBeGreaterThan(0)
      expect(await outcomeOf(other.store.append('f', theirs))).toBe('overtaken')
      for (const client of [one, other]) {
        expect((await client.see()).tasks()).toEqual(['one'])
        expect(client.view().version).toBe(version)
      }
      // Another feature is none of its business.
      await other.see('g')
      const elsewhere = other.decision({ feature: 'g', tasks: ['G1'] })
      await one.add({ tasks: ['next'] })
      await other.store.append('g', elsewhere)
      expect((await one.see('g')).tasks()).toEqual(['G1'])
      expect((await other.see()).tasks()).toEqual(['one', 'next'])
    },
  },
  {
    name: 'many decisions that are based on the same version: one is recorded',
    async run({ open }) {
      const clients = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(open))
      for (let round = 1; round <= 3; round += 1) {
        await Promise.all(clients.map(client => client.see()))
        const appends = clients.map(client =>
          client.store.append('f', client.decision({ tasks: [`T${round}`] })),
        )
        expect(await countDone(appends)).toBe(1)
        for (const client of clients) expect((await client.see()).lines).toHaveLength(round)
      }
    },
  },
  {
    name: 'the same commit sent twice is there once',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      await one.see()
      const first = one.decision({ tasks: ['T1'] })
      await one.store.append('f', first)
      await outcomeOf(one.store.append('f', first))
      expect((await other.see()).tasks()).toEqual(['T1'])
      await one.see()
      const second = one.decision({ tasks: ['T2', 'T3'] })
      await Promise.all([1, 2, 3].map(() => outcomeOf(one.store.append('f', second))))
      await other.add({ tasks: ['T4'] })
      await outcomeOf(one.store.append('f', second))
      const { commits } = await other.store.readSince('f', 0)
      const lines = commits.flatMap(commit => commit.lines)
      expect(new Set(lines).size).toBe(lines.length)
      expect((await other.see()).tasks().toSorted()).toEqual(['T1', 'T2', 'T3', 'T4'])
    },
  },
  {
    name: 'from each earlier version a client reads what is new, and all clients agree',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      const versions = [0]
      for (let at = 1; at <= 6; at += 1) {
        const client = at % 3 === 0 ? other : one
        const version = await client.add({ tasks: [`T${at}`, `T${at}b`] })
        expect(version).toBeGreaterThan(versions.at(-1) ?? 0)
        versions.push(version)
        const others = [await one.see(), await other.see()]
        expect(others.map(view => view.version)).toEqual([version, version])
      }
      const all = one.view().tasks().toSorted()
      for (const [at, version] of versions.entries()) {
        const { commits, version: latest } = await other.store.readSince('f', version)
        const lines = commits.flatMap(commit => commit.lines)
        expect(latest).toBe(versions.at(-1))
        for (let next = at + 1; next < versions.length; next += 1)
          expect(lines.filter(line => JSON.parse(line).task === `T${next}b`)).toHaveLength(1)
      }
      const whole = await (await open('late')).see()
      expect(whole.tasks().toSorted()).toEqual(all)
      expect(await one.store.readSince('empty', 0)).toEqual({ version: 0, commits: [] })
    },
  },
  {
    name: 'chains of several clients keep their order, in several features',
    needs: 'commits',
    async run({ open }) {
      const clients = await Promise.all(['a', 'b', 'c'].map(open))
      const order: Record<string, string[]> = { f: [], g: [] }
      for (let at = 0; at < 12; at += 1) {
        const feature = at % 4 === 3 ? 'g' : 'f'
        const client = clients[(at * at) % 3]
        await client?.see(feature)
        const decision = client?.decision({
          feature,
          tasks: [`T${at}`, `T${at}b`],
          marks: `T${at}`,
        })
        if (decision) await client?.store.append(feature, decision)
        order[feature]?.push(`T${at}`, `T${at}b`)
      }
      const reader = await open('reader')
      for (const feature of ['f', 'g']) {
        expect((await reader.see(feature)).tasks()).toEqual(order[feature])
        const { commits, version } = await reader.store.readSince(feature, 0)
        expect(commits.map(({ marks }) => marks)).toEqual(
          order[feature]?.filter((_, at) => at % 2 === 0),
        )
        // A part of the commits continues the rest.
        const half = new View(feature)
        half.add({ version, commits: commits.slice(0, 2) })
        half.add({ version, commits })
        expect(half.tasks()).toEqual(order[feature])
      }
    },
  },
  {
    name: 'the files that lines name come with them',
    needs: 'attached',
    async run({ open }) {
      const [one, other] = [await open('one'), await open('other')]
      const files = {
        'tests/f/a.json': '["ä \\u0000 \u{1F9EA}"]\n',
        "plans/f/it's {1}.json": '{}',
      }
      for (const attached of [files, undefined, { 'tests/f/b.json': '' }]) {
        await one.see()
        const decision = one.decision({ tasks: ['T1'] })
        await one.store.append('f', { ...decision, ...(attached && { attached }) })
      }
      const { commits } = await other.store.readSince('f', 0)
      const found = commits.map(({ attached = {} }) => attached)
      expect(found).toEqual([files, {}, { 'tests/f/b.json': '' }])
    },
  },
]
