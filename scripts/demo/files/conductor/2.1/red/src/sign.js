export function signFor(_minutes) {}
