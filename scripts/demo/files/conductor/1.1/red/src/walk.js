export function minutesOf(_walk) {}
