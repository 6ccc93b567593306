/** What two neighbouring tools were seen to do, by row of the table; a row that is not here was not tried with them. */
interface Neighbours {
  taskMaster?: string
  tddGuard?: string
}

export const neighbours: ReadonlyMap<number, Neighbours> = new Map([
  [
    1,
    {
      tddGuard:
        'lets it through: with one `it()` in any path containing `tests/`, or by a heredoc in a shell',
    },
  ],
  [
    3,
    { taskMaster: 'lets it through: `{total:0,passed:0,failed:0}`, twice, finishes two subtasks' },
  ],
  [
    15,
    {
      taskMaster: 'takes the counts from its caller: `failed:-5` is accepted as RED',
      tddGuard: 'lets a forged `test.json` through',
    },
  ],
])
