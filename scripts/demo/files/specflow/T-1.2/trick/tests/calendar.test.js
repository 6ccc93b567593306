// The tests will follow.
import '../src/calendar.js'
