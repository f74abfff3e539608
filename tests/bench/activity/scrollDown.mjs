/**
 * Scrolls a page down with the wheel, a window a step, and measures its frames.
 *
 * @param {import('@playwright/test').Page} page
 * @param {number} steps
 * @returns {Promise<{ frames: number[], px: number, rows: number, nodes: number }>} Time between frames in ms; how far it came, and
 * the rows and elements that stand in the page then.
 */
export async function scrollDown(page, steps) {
  await page.evaluate(() => {
    const frames = []
    let last = performance.now()
    const tick = (now) => {
      frames.push(now - last)
      last = now
      globalThis.benchFrame = requestAnimationFrame(tick)
    }
    globalThis.benchFrames = frames
    globalThis.benchFrame = requestAnimationFrame(tick)
  })
  await page.mouse.move(200, 300)
  for (let step = 0; step < steps; step++) {
    await page.mouse.wheel(0, 600)
    await page.waitForTimeout(40)
  }
  return page.evaluate(() => {
    cancelAnimationFrame(globalThis.benchFrame)
    return {
      frames: globalThis.benchFrames.slice(1),
      px: Math.round(scrollY),
      rows: document.querySelectorAll('main li').length,
      nodes: document.querySelectorAll('*').length,
    }
  })
}
