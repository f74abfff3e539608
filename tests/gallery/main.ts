import { flushSync, mount } from 'svelte'
import Shell from '@/entrypoints/popup/Shell.svelte'
import Waiting from '@/entrypoints/popup/Waiting.svelte'
import { parseRoute } from '@/entrypoints/popup/route'
import { scenes } from '@/tests/gallery/scenes'
import { walletWith } from '@/tests/gallery/wallet'
import '@/lib/ui/base.css'

/** Shows one scene, named by `?scene=`; without a name, links to all. */
const target = document.getElementById('app')
if (target === null) throw new Error('The gallery has no #app.')
const query = new URLSearchParams(window.location.search)
const name = query.get('scene')
document.documentElement.dir = query.get('dir') ?? 'ltr'
const scene = scenes.find((item) => item.name === name)

if (name === 'loading' || name === 'silent') {
  mount(Waiting, { target, props: { silent: name === 'silent' } })
} else if (scene) {
  const { snapshot, hash } = scene
  const base = walletWith(scene.activity ?? snapshot.activity, scene.suggestion ?? null)
  const wallet = { ...base, surface: scene.surface ?? base.surface }
  mount(Shell, { target, props: { snapshot, route: parseRoute(hash), wallet } })
  flushSync()
  const { click, search } = scene
  if (search !== undefined) {
    const field = target.querySelector<HTMLInputElement>('input[type=search]')
    if (field === null) throw new Error('The scene has no search.')
    field.value = search
    field.dispatchEvent(new Event('input'))
  }
  for (const [label, text] of Object.entries(scene.type ?? {})) {
    const field = [...target.querySelectorAll('label')].find(({ innerText }) =>
      innerText.startsWith(label),
    )?.control
    if (!(field instanceof HTMLInputElement)) continue
    field.value = text
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  // What is to be clicked may come a moment later.
  const press = () => {
    const buttons = [...target.querySelectorAll('button')]
    const button = buttons.find(({ innerText }) => innerText.trim().startsWith(click ?? ''))
    if (button === undefined) setTimeout(press, 10)
    else button.click()
  }
  if (click !== undefined) press()
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
