/**
 * A clock time in digits, in the line's own zone, with the day in words unless it is today.
 *
 * @param {number} at_seconds - unix time
 * @param {string} zone
 * @param {string} language
 */
export function saidWhen(at_seconds, zone, language) {
  const [at, now] = [new Date(at_seconds * 1000), new Date()]
  /** @param {Date} date @param {Intl.DateTimeFormatOptions} options */
  const said = (date, options) => new Intl.DateTimeFormat(language, { ...options, timeZone: zone }).format(date)
  const hour = said(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
  /** @type {Intl.DateTimeFormatOptions} */
  const day = { weekday: "long", day: "numeric" }
  return said(at, day) === said(now, day) ? hour : `${said(at, day)}, ${hour}`
}

/**
 * Whether a line answers, in words.
 *
 * @param {import("./words.js").Words} words
 * @param {{open: boolean, opens_at: number | null, zone: string}} line
 * @param {string} language
 */
export function saidOpening(words, line, language) {
  if (line.open) return words.text("land.open")
  if (!line.opens_at) return words.text("closed.title")
  return `${words.text("closed.title")} ${words.text("closed.next", { time: saidWhen(line.opens_at, line.zone, language) })}`
}
