import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/**
 * Writes a screenshot anew with a palette of 256 colours: the most frequent ones, every other by the nearest of them.
 *
 * @param {Buffer} png 8 bits a channel, RGB or RGBA without transparency, as Chromium writes them.
 * @returns {Buffer}
 * @throws {Error} It is another kind of PNG.
 */
export function shrinkPng(png) {
  const { width, height, pixels } = decode(png)
  const palette = mostFrequent(pixels)
  /** @type {Map<number, number>} */
  const places = new Map(palette.map((colour, place) => [colour, place]))
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = pixels[y * width + x]
      if (!places.has(colour)) places.set(colour, nearest(palette, colour))
      rows[y * (width + 1) + 1 + x] = places.get(colour)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap(channels))
  const data = deflateSync(rows, { level: 9, memLevel: 9 })
  const parts = [chunk('IHDR', header), chunk('PLTE', colours), chunk('IDAT', data)]
  return Buffer.concat([signature, ...parts, chunk('IEND', Buffer.alloc(0))])
}

/** @param {Buffer} png */
function decode(png) {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const [depth, kind, , , interlaced] = png.subarray(24, 29)
  if (depth !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0)
    throw new Error('No screenshot of Chromium.')
  const data = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  const bytes = kind === 2 ? 3 : 4
  const rows = unfilter(inflateSync(Buffer.concat(data)), width * bytes, height, bytes)
  const pixels = new Uint32Array(width * height)
  for (let i = 0; i < pixels.length; i++) pixels[i] = rows.readUIntBE(i * bytes, 3)
  return { width, height, pixels }
}

/** Undoes the filter of each row; https://www.w3.org/TR/png-3/#9Filters. */
function unfilter(/** @type {Buffer} */ raw, stride, height, bytes) {
  const rows = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x < bytes ? 0 : rows[at - bytes]
      const above = y === 0 ? 0 : rows[at - stride]
      const corner = x < bytes || y === 0 ? 0 : rows[at - stride - bytes]
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter]
      rows[at] = raw[y * (stride + 1) + 1 + x] + guess
    }
  }
  return rows
}

function paeth(left, above, corner) {
  const guess = left + above - corner
  const [a, b, c] = [left, above, corner].map((value) => Math.abs(guess - value))
  if (a <= b && a <= c) return left
  return b <= c ? above : corner
}

/** The most frequent colours; of those that hardly differ only the most frequent, since gradients are dithered. */
function mostFrequent(/** @type {Uint32Array} */ pixels) {
  /** @type {Map<number, number>} */
  const counts = new Map()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  /** @type {Map<number, { colour: number, most: number, all: number }>} */
  const groups = new Map()
  for (const [colour, count] of counts) {
    const group = colour & 0xfcfcfc
    const { colour: before, most, all } = groups.get(group) ?? { colour, most: 0, all: 0 }
    groups.set(group, {
      colour: count > most ? colour : before,
      most: Math.max(count, most),
      all: all + count,
    })
  }
  const sorted = [...groups.values()].sort((a, b) => b.all - a.all)
  return sorted.slice(0, 256).map(({ colour }) => colour)
}

/** Place of the colour of `palette` that differs least. */
function nearest(/** @type {number[]} */ palette, /** @type {number} */ colour) {
  const [red, green, blue] = channels(colour)
  let best = 0
  let least = Infinity
  palette.forEach((other, place) => {
    const [r, g, b] = channels(other)
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2
    if (distance < least) [best, least] = [place, distance]
  })
  return best
}

/** @param {number} colour */
function channels(colour) {
  return [colour >> 16, (colour >> 8) & 255, colour & 255]
}

/** @param {string} name @param {Buffer} data */
function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
