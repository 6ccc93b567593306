export function isTime(_seed, _month) {}

export function sowable(_seeds, _month) {}
