import type { SettingsView } from '@/lib/messaging/views'

const key = 'theme'

/** Makes the page look as it was set, and keeps a copy for the next page, which begins before the background answers. */
export function applyTheme(theme: SettingsView['theme']): void {
  document.documentElement.dataset['theme'] = theme
  localStorage.setItem(key, theme)
}

/** Makes the page look as the last one did. */
export function restoreTheme(): void {
  document.documentElement.dataset['theme'] = localStorage.getItem(key) ?? 'system'
}
