import { createRegister } from './register.js'
import { createApp } from './server.js'

const { PORT = '4190' } = process.env

const server = createApp(createRegister())
server.listen(Number(PORT), () => {
  console.log(`Lost and found listens at http://localhost:${server.address().port}`)
})
process.once('SIGTERM', () => {
  server.close()
  server.closeIdleConnections()
})
