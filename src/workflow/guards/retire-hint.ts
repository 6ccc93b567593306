/** What a human can do if the plan no longer wants a test. Without an id, the reader knows which test it is. */
export function retireHint(test?: string): string {
  const name = test === undefined ? 'NAME' : JSON.stringify(test)
  return `If a test is no longer wanted, a human can retire it in a terminal: \`redgreen waive --test ${name} --reason …\`.`
}
