export class Loans {
  lend() {}

  out() {}
}
