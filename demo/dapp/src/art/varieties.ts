/** A kind of tree: its colours, and where leaves and fruit sit in a box of 100 × 100 that stands on y = 84. */
type Variety = {
  readonly name: string
  readonly leaf: string
  readonly shade: string
  readonly light: string
  readonly fruit: string
  readonly gloss: string
  /** Height of a fruit over its width. */
  readonly stretch: number
  /** Circles `[x, y, radius]`. */
  readonly crown: readonly (readonly [number, number, number])[]
}

const round = [
  [50, 34, 21],
  [33, 45, 16],
  [67, 45, 16],
  [50, 51, 17],
] as const
const tall = [
  [50, 24, 14],
  [42, 37, 15],
  [58, 37, 15],
  [50, 51, 18],
] as const
const wide = [
  [50, 38, 18],
  [30, 47, 14],
  [70, 47, 14],
  [40, 33, 14],
  [61, 32, 14],
  [50, 52, 14],
] as const

/** One kind a row of the board, from the back to the front. */
export const varieties: readonly Variety[] = [
  {
    name: 'apple',
    leaf: '#5f9440',
    shade: '#477632',
    light: '#7fb35a',
    fruit: '#d3412d',
    gloss: '#f59a80',
    stretch: 1,
    crown: round,
  },
  {
    name: 'pear',
    leaf: '#86a83f',
    shade: '#6a8a31',
    light: '#a6c45c',
    fruit: '#edd25a',
    gloss: '#fdf3b8',
    stretch: 1.35,
    crown: tall,
  },
  {
    name: 'cherry',
    leaf: '#e79fb0',
    shade: '#cf7f95',
    light: '#f7c6d0',
    fruit: '#a3183a',
    gloss: '#e86a84',
    stretch: 1,
    crown: wide,
  },
  {
    name: 'plum',
    leaf: '#4d8062',
    shade: '#38654c',
    light: '#6d9f7f',
    fruit: '#6b4aa0',
    gloss: '#b59ae0',
    stretch: 1.2,
    crown: round,
  },
  {
    name: 'orange',
    leaf: '#3f8148',
    shade: '#2d6537',
    light: '#61a266',
    fruit: '#f28b22',
    gloss: '#ffce8f',
    stretch: 1,
    crown: wide,
  },
  {
    name: 'lemon',
    leaf: '#739f38',
    shade: '#57802a',
    light: '#95bd5b',
    fruit: '#f6dc3e',
    gloss: '#fff7b5',
    stretch: 0.8,
    crown: tall,
  },
]

/** Where fruit hangs, in the order in which a tree that is planted again gets more of it. */
export const branches = [
  [40, 40],
  [60, 46],
  [50, 29],
  [36, 51],
  [62, 34],
  [50, 54],
  [47, 43],
] as const
