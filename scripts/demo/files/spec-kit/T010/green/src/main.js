import { readFile } from 'node:fs/promises'
import { createApp } from './app.js'
import { openJournal } from './journal.js'

const { PORT = '4180', JOURNAL = 'data/brews.json' } = process.env
const teas = JSON.parse(await readFile(new URL('../data/teas.json', import.meta.url), 'utf8'))

const server = createApp({ teas, journal: await openJournal(JOURNAL) })
server.listen(Number(PORT), () => {
  console.log(`Teatime listens at http://localhost:${server.address().port}`)
})
