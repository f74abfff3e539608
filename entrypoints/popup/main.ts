import { mount } from 'svelte'
import App from '@/entrypoints/popup/App.svelte'
import { surface } from '@/entrypoints/popup/surface'
import { restoreTheme } from '@/entrypoints/popup/theme'
import '@/lib/ui/base.css'

document.documentElement.dataset['surface'] = surface()
restoreTheme()
const target = document.getElementById('app')
if (target === null) throw new Error('popup.html has no #app.')
mount(App, { target })
