// The tests follow later.
import '../src/calendar.js'
