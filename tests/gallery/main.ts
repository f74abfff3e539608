import { flushSync, mount } from 'svelte'
import Shell from '@/entrypoints/popup/Shell.svelte'
import Waiting from '@/entrypoints/popup/Waiting.svelte'
import { parseRoute } from '@/entrypoints/popup/route'
import { scenes } from '@/tests/gallery/scenes'
import { wallet } from '@/tests/gallery/wallet'
import '@/lib/ui/base.css'

/** Shows one scene, named by `?scene=`; without a name, links to all. */
const target = document.getElementById('app')
if (target === null) throw new Error('The gallery has no #app.')
const name = new URLSearchParams(window.location.search).get('scene')
const scene = scenes.find((item) => item.name === name)

if (name === 'loading' || name === 'silent') {
  mount(Waiting, { target, props: { silent: name === 'silent' } })
} else if (scene) {
  const { snapshot, hash } = scene
  mount(Shell, { target, props: { snapshot, route: parseRoute(hash), wallet } })
  flushSync()
  const buttons = [...target.querySelectorAll('button')]
  if (scene.click) buttons.find(({ innerText }) => innerText.trim() === scene.click)?.click()
} else {
  for (const item of [...scenes.map((each) => each.name), 'loading', 'silent']) {
    const link = document.createElement('a')
    link.href = `?scene=${item}`
    link.textContent = item
    link.style.display = 'block'
    target.append(link)
  }
}
document.documentElement.dataset['scenes'] = scenes.map((item) => item.name).join(' ')
