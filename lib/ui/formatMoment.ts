/** Options of {@link formatMoment}. */
export type FormatMomentOptions = {
  /** BCP 47; the browser's by default. */
  readonly locale?: string | undefined
  /** IANA name; the computer's by default. */
  readonly timeZone?: string | undefined
}

/**
 * Words a moment as seen from another: "today, 18:00", "tomorrow, 18:00", "24 Nov, 18:00". Local time.
 *
 * @param moment - Unix milliseconds.
 * @param now - Unix milliseconds.
 */
export function formatMoment(moment: number, now: number, options: FormatMomentOptions = {}): string {
  const { locale, timeZone } = options
  const zone = timeZone === undefined ? {} : { timeZone }
  const day = new Intl.DateTimeFormat('en-CA', zone)
  const time = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...zone,
  })
  const distance = Math.round((Date.parse(day.format(moment)) - Date.parse(day.format(now))) / 86_400_000)
  const near = { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' }[String(distance)]
  const year = Math.abs(distance) > 300 ? ({ year: 'numeric' } as const) : {}
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...year, ...zone })
  return `${near ?? date.format(moment)}, ${time.format(moment)}`
}
