export function startBrew(_tea, _now) {
  return {}
}

export function lookAt(_brew, _now) {
  return {}
}
