export function seedsFrom(_text) {
  return []
}
