/** Puts things under the day they are of, in the order they come in. */
export function byDay<T>(things: readonly T[], timeOf: (thing: T) => Date): { day: string; things: T[] }[] {
  const days: { day: string; key: string; things: T[] }[] = []
  for (const thing of things) {
    const time = timeOf(thing)
    const key = keyOf(time)
    if (days.at(-1)?.key !== key) days.push({ day: nameOf(time), key, things: [] })
    days.at(-1)!.things.push(thing)
  }
  return days
}

function keyOf(time: Date): string {
  return `${time.getFullYear()}-${time.getMonth()}-${time.getDate()}`
}

function nameOf(time: Date): string {
  const now = new Date()
  if (keyOf(time) === keyOf(now)) return 'Today'
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  if (keyOf(time) === keyOf(yesterday)) return 'Yesterday'
  return time.toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: time.getFullYear() === now.getFullYear() ? undefined : 'numeric',
  })
}

export function hourOf(time: Date): string {
  return time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}
