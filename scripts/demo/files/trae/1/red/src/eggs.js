export function minutesFor(_egg) {}
