import { describe, expect, it } from 'vitest'
import { sameWords } from '../../src/plan/same-words.ts'

describe('two texts of a task', () => {
  it.each([
    ['Answer one in src/one.js', 'answer ONE, in `src/one.js`.'],
    ['Answer the request', 'Answer a request'],
    ['Validate the adress of a user', 'Validate the address of a user'],
    ['Recieve messages', 'Receive messages'],
    ['**Create** the model', 'Create the model'],
    ['Create the modell and veiw', 'Create the model and view'],
    ['Add teh size', 'Add the size'],
    ['Add size of hte stack', 'Add the size of the stack'],
    ['Push adn pop', 'Push and pop'],
    ['Push & pop', 'Push and pop'],
    ['Add the the size', 'Add the size'],
    ['Move items to to the end', 'Move items to the end'],
    ['Sign-in page for guests', 'Sign in page for guests'],
    ['Add size to the stack', 'Implement the size to the stack'],
    ['Create a login page', 'Introduce the login page'],
    ['Creat a page', 'Create a page'],
  ])('ask for the same: %j and %j', (one, other) => {
    expect(sameWords(one, other)).toBe(true)
    expect(sameWords(other, one)).toBe(true)
  })

  it.each([
    ['Answer one in src/one.js', 'Answer zero in src/zero.js'],
    ['Answer one in src/one.js', 'Answer one in src/two.js'],
    ['Answer one', 'Answer two'],
    ['Retry 3 times', 'Retry 5 times'],
    ['Increment the counter', 'Decrement the counter'],
    ['Import the list', 'Export the list'],
    ['The user must confirm', 'The user must not confirm'],
    ['Push and pop', 'Push'],
    ['Create src/a.ts', 'Create src/b.ts'],
    ['Validate adress, nmae and zipp', 'Validate address, name and zip'],
    ['', 'Anything'],
    ['Log on errors', 'Log no errors'],
    ['Add src/abc.js', 'Add src/acb.js'],
    ['Wait 12 seconds', 'Wait 21 seconds'],
    ['Add size', 'Implement push'],
    ['Add size', 'Remove size'],
    ['Add the entry', 'Write the entry'],
    ['Add size', 'Add size and push'],
    ['Users can create lists', 'Users can introduce lists'],
    ['Create a login page', 'Build the login page'],
    ['Fix the total of an order', 'Correct the total of an order'],
    ['Users can create lists', 'Users can build lists'],
    ['Delete button', 'Remove button'],
    ['Change log page', 'Update log page'],
    ['Build number', 'Create number'],
    ['Display name', 'Show name'],
    ['Correct answers', 'Fix answers'],
    ['Delete old entries', 'Remove old entries'],
    ['Add adress of a user', 'Create address of a user'],
  ])('ask for something else: %j and %j', (one, other) => {
    expect(sameWords(one, other)).toBe(false)
    expect(sameWords(other, one)).toBe(false)
  })
})
