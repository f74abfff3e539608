import { readdirSync, readFileSync } from 'node:fs'

/** Of a picture on the sheet, in px. */
const thumbnail = { width: 132, height: 250 }
const columns = 24

/**
 * Puts pictures on one sheet, scene by scene, each look after the other. Tall pages show their beginning.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {string} folder Where the pictures are, named `<scene>-<look>.png`.
 * @param {readonly string[]} looks Which to show, in this order.
 * @returns {Promise<Buffer>} PNG.
 */
export async function contactSheet(browser, folder, looks) {
  const files = readdirSync(folder)
  const scenes = files
    .filter((file) => file.endsWith(`-${looks[0]}.png`))
    .map((file) => file.slice(0, -`-${looks[0]}.png`.length))
    .sort()
  const pictures = scenes.flatMap((scene) =>
    looks.map((look) => ({ scene, look, file: `${scene}-${look}.png` })),
  )
  const figures = pictures
    .filter(({ file }) => files.includes(file))
    .map(({ scene, look, file }) => {
      const data = readFileSync(`${folder}/${file}`).toString('base64')
      return `<figure><div><img src="data:image/png;base64,${data}"></div><figcaption>${scene} ${look}</figcaption></figure>`
    })
  const page = await browser.newPage({
    viewport: { width: columns * (thumbnail.width + 8) + 8, height: 600 },
  })
  await page.setContent(`<!doctype html><style>
    body { margin: 8px; display: grid; grid-template-columns: repeat(${columns}, ${thumbnail.width}px); gap: 8px; background: #888 }
    figure { margin: 0; font: 9px sans-serif; color: #fff }
    div { height: ${thumbnail.height}px; overflow: hidden }
    img { width: 100%; display: block }
    figcaption { height: 12px; overflow: hidden; white-space: nowrap }
  </style>${figures.join('')}`)
  const sheet = await page.screenshot({ fullPage: true })
  await page.close()
  return sheet
}
