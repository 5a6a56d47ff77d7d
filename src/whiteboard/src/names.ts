import { getUserPreferences, setUserPreferences } from 'tldraw'

const moods = words(
  'amber bold brisk calm clever cosy daring fair gentle jolly keen lively merry mellow nimble quiet swift',
)
const places = words(
  'bay bridge brook canyon castle cove field forest garden harbour hill island lagoon meadow orchard pier',
)
const animals = words(
  'badger beaver crane falcon finch fox hare heron lark lynx magpie marten mole otter owl puffin robin',
)

/** A room name one can read out on the phone, such as "calm-harbour-4821". */
export function roomName(): string {
  return `${anyOf(moods)}-${anyOf(places)}-${1000 + Math.floor(Math.random() * 9000)}`
}

/** Names a first-time visitor, so that no cursor is anonymous. tldraw keeps the name in localStorage. */
export function nameTheNewcomer(): void {
  const preferences = getUserPreferences()
  if (preferences.name) return
  setUserPreferences({ ...preferences, name: `${capitalised(anyOf(moods))} ${capitalised(anyOf(animals))}` })
}

function words(list: string): string[] {
  return list.split(' ')
}

function anyOf(list: string[]): string {
  return list[Math.floor(Math.random() * list.length)]
}

function capitalised(word: string): string {
  return word[0].toUpperCase() + word.slice(1)
}
