export class Rentals {
  rent() {}

  list() {}
}
