import { readFileSync } from 'node:fs'
import { appFor } from './app.js'
import { seedsFrom } from './seeds.js'

const { PORT = '4190', SEEDS = 'seeds.txt' } = process.env

try {
  const server = appFor(seedsFrom(readFileSync(SEEDS, 'utf8')))
  server.once('error', stop)
  server.listen(Number(PORT), () => {
    console.log(`Seedtime listens at http://localhost:${server.address().port}`)
  })
} catch (error) {
  stop(error)
}

function stop({ code, message }) {
  const known = { ENOENT: `The seed list ${SEEDS} does not exist.`, EADDRINUSE: `Port ${PORT} is in use.` }
  console.error(known[code] ?? message)
  process.exitCode = 1
}
