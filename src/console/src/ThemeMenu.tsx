import { Menu } from './ui'
import { chooseTheme, useTheme, type Theme } from './ui/theme'

const themes: { theme: Theme; label: string }[] = [
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
  { theme: 'system', label: 'As the system' },
]

export function ThemeMenu() {
  const chosen = useTheme()
  return (
    <Menu
      label="Colours"
      icon={chosen}
      items={themes.map(({ theme, label }) => ({
        label,
        icon: theme,
        isChosen: chosen === theme,
        onSelect: () => chooseTheme(theme),
      }))}
    />
  )
}
