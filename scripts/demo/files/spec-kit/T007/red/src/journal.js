export async function openJournal(_file) {
  return { find: () => undefined, add: async () => {} }
}
