import { signFor } from './sign.js'
import { minutesOf, withBreaks } from './walk.js'

const [km, up, down] = process.argv.slice(2).map(Number)

try {
  console.log(signFor(withBreaks(minutesOf({ km, up, down }))))
} catch ({ message }) {
  console.error(message)
  process.exitCode = 1
}
