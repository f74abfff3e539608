/**
 * Fills a page with the dapp's picture and, beside it, the wallet's window.
 *
 * @param {import('@playwright/test').Page} page
 * @param {{ dapp: Buffer, wallet: Buffer }} pictures As PNG.
 */
export async function composeHero(page, { dapp, wallet }) {
  const source = (/** @type {Buffer} */ picture) => `data:image/png;base64,${picture.toString('base64')}`
  await page.setContent(`<!doctype html>
    <style>
      body {
        margin: 0;
        height: 100vh;
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 36px;
        background: linear-gradient(#eef1ec, #dfe6df);
      }
      img {
        display: block;
        border-radius: 14px;
        box-shadow: 0 0 0 1px rgb(20 32 27 / 12%), 0 14px 40px rgb(20 32 27 / 20%);
      }
    </style>
    <img height="700" src="${source(dapp)}"><img width="400" src="${source(wallet)}">`)
  await page.waitForFunction(() => [...document.images].every((image) => image.complete))
}
