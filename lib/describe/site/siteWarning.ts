import { decodePunycode } from '@/lib/describe/site/decodePunycode'
import { skeleton } from '@/lib/describe/site/skeleton'
import { visibleText } from '@/lib/describe/visibleText'

/** What the owner is told of a site's name. */
export type SiteWarning = { readonly severity: 'danger' | 'caution'; readonly text: string }

/** Scripts whose letters are mistaken for one another. */
const scripts = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
] as const

/**
 * Whether the name of a site may be taken for another one. The rule, worst first: it looks like a site that the owner uses; a part
 * of it mixes scripts whose letters look alike; a part has no Latin letter, and reads as Latin; it has letters outside ASCII at all.
 *
 * @param origin - As the browser tells it: the host in ASCII.
 * @param known - Origins that the owner uses.
 * @returns `null` when there is nothing to tell.
 */
export function siteWarning(origin: string, known: readonly string[]): SiteWarning | null {
  const host = hostOf(origin)
  if (host === null) return null
  const labels = host.split('.').map(lettersOf)
  const written = labels.join('.')
  const model = imitated(host, written, known)
  if (model !== null)
    return {
      severity: 'danger',
      text: `It looks like ${model}, which you use, and is another site: ${host}.`,
    }
  const shown = `${host} is written “${visibleText(written)}”.`
  const mixed = labels.map(scriptsIn).find(({ length }) => length > 1)
  if (mixed !== undefined)
    return {
      severity: 'danger',
      text: `${shown} One word of it mixes ${mixed.join(' and ')} letters, as imitations do.`,
    }
  const posing = labels.find(
    (label) => !/[\x20-\x7e]/.test(label.replace(/[0-9-]/g, '')) && readsAsLatin(label),
  )
  if (posing !== undefined)
    return {
      severity: 'danger',
      text: `${shown} “${posing}” has no Latin letter, but reads like Latin ones.`,
    }
  return host === written
    ? null
    : { severity: 'caution', text: `${shown} Letters with accents or of other scripts can pass for others.` }
}

/** The letters of a label; as it stands when its punycode is none. */
function lettersOf(label: string): string {
  return label.startsWith('xn--') ? (decodePunycode(label.slice(4)) ?? label) : label
}

function scriptsIn(label: string): string[] {
  return scripts.filter(([, letter]) => letter.test(label)).map(([name]) => name)
}

/** Whether every letter passes for an ASCII one. */
const readsAsLatin = (label: string) => /\p{L}/u.test(label) && /^[a-z0-9-]+$/.test(skeleton(label))

/** The site that the owner uses and that this one is not, but looks like. */
function imitated(host: string, written: string, known: readonly string[]): string | null {
  const hosts = known.map(hostOf).filter((other) => other !== null)
  if (hosts.includes(host)) return null
  const look = skeleton(written)
  return hosts.find((other) => skeleton(other.split('.').map(lettersOf).join('.')) === look) ?? null
}

/** Without the port: sites of one computer are no imitations of each other. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).hostname || null : null
}
