import { domainToUnicode } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodePunycode } from '@/lib/describe/site/decodePunycode'
import { siteWarning } from '@/lib/describe/site/siteWarning'

const known = ['https://orchard.example', 'https://www.bank.example']
const warn = (host: string) => siteWarning(new URL(`https://${host}`).origin, known)

describe('siteWarning', () => {
  test.each([
    'orchard.example',
    'swap.example',
    'sub.orchard.example',
    'localhost:5173',
    '127.0.0.1',
    '[::1]',
  ])('behavior: nothing to tell of %s', (host) => expect(warn(host)).toBeNull())

  test('behavior: a port is no imitation, and what is no origin says nothing', () => {
    expect(warn('orchard.example:8443')).toBeNull()
    expect(siteWarning('null', known)).toBeNull()
  })

  test.each([
    ['0rchard.example', 'a digit'],
    ['оrchard.example', 'a Cyrillic letter'],
    ['orchárd.example', 'an accent'],
    ['οrchard.example', 'a Greek letter'],
    ['orсhаrd.example', 'two letters'],
    ['www.bаnk.example', 'a site with a subdomain'],
  ])('behavior: %s looks like a site that is used (%s)', (host) => {
    const { severity, text } = warn(host) ?? {}
    expect(severity).toBe('danger')
    expect(text).toMatch(/^It looks like (orchard|www\.bank)\.example, which you use/)
  })

  test('behavior: rn for m, and the other way round', () => {
    expect(siteWarning('https://rnarket.example', ['https://market.example'])?.severity).toBe('danger')
  })

  test('behavior: a word of mixed scripts, and one that poses as Latin', () => {
    expect(warn('pаypal.example')).toMatchObject({
      severity: 'danger',
      text: expect.stringContaining('mixes Latin and Cyrillic'),
    })
    expect(warn('аррӏе.example')).toMatchObject({
      severity: 'danger',
      text: expect.stringContaining('reads like Latin'),
    })
  })

  test.each(['bücher.example', 'почта.example', '日本語.example', 'παράδειγμα.example'])(
    'behavior: %s is shown as it is written, with a caution',
    (host) => {
      const { severity, text } = warn(host) ?? {}
      expect(severity).toBe('caution')
      expect(text).toContain(`is written “${host}”`)
      expect(text).toContain('xn--')
    },
  )
})

describe('decodePunycode', () => {
  // The samples of RFC 3492, section 7.1.
  test.each([
    ['ihqwcrb4cv8a8dqg056pqjye', '他们为什么不说中文'],
    ['Proprostnemluvesky-uyb24dma41a', 'Proč prostě nemluví česky'.replace(/ /g, '')],
    ['b1abfaaepdrnnbgefbadotcwatmq2g4l', 'почемужеонинеговорятпорусски'],
    ['3B-ww4c5e180e575a65lsy2b', '3年B組金八先生'],
  ])('behavior: %s', (text, letters) => {
    expect(decodePunycode(text)?.toLowerCase()).toBe(letters.toLowerCase())
  })

  test('behavior: whatever the browser writes is read again', () => {
    const letters = fc.stringMatching(/^[a-zа-яα-ωäöü]{1,20}$/u)
    fc.assert(
      fc.property(letters, (label) => {
        const ascii = new URL(`https://${label}.example`).hostname.split('.')[0] ?? ''
        if (!ascii.startsWith('xn--')) return
        expect(decodePunycode(ascii.slice(4))).toBe(domainToUnicode(ascii))
      }),
    )
  })

  test('error: what is none gives null, and nothing throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = decodePunycode(text)
        expect(result === null || typeof result === 'string').toBe(true)
      }),
    )
    expect(decodePunycode('99999999')).toBeNull()
    expect(decodePunycode('ü')).toBeNull()
  })
})
