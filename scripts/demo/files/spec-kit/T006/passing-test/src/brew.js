export function startBrew(_tea, _now) {
  return {}
}

export function brewAt(_brew, _now) {
  return {}
}
