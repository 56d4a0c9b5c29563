/** Every way a visit can end or fail to begin, and what is said then. */
import { Refused } from "../shared/refused.js"

/** @typedef {import("./closed.js").Ending} Ending */

export const BY_HER = { title: "gone.title", words: ["end.by_you", "gone.nobody", "gone.again"] }
export const STOPPED_WAITING = { title: "gone.title", words: ["wait.leave.help", "gone.again"] }
export const EXPIRED = { title: "gone.title", words: ["gone.expired", "gone.again"] }
/** The server alone says so: it names nobody, because it could say anything. */
export const OVER = { title: "gone.title", words: ["gone.nobody", "gone.again"] }
export const NETWORK_OVER = { title: "net.gone_long", words: ["gone.nobody", "gone.again"], keepWords: true }
/** She has opened it elsewhere: here nothing stays. */
export const ELSEWHERE = { title: "tab.two" }

/** @param {string} said - who has ended it */
export const byOther = (said) => ({ title: "gone.title", words: [said, "gone.nobody", "gone.again"] })

/** What this page would not accept before anybody had joined: nothing has left it. @param {unknown} error @returns {Ending} */
export function notBegun(error) {
  const code = error instanceof Refused ? error.code : "page"
  if (code === "no-crypto") return { title: "nocrypto.title", words: ["nocrypto.other"], keepWords: true }
  if (code === "clock-wrong") return { title: "error.clock", words: ["error.clock.do"], keepWords: true }
  return { title: "error.trust", words: ["error.trust.do"], code, keepWords: true }
}

/** A rule was broken by a member of the conversation, or by the machine between. @param {unknown} error @returns {Ending} */
export function broken(error) {
  const code = error instanceof Refused ? error.code : "page"
  const title = code === "handover-unfinished" ? "handover.unfinished" : "error.stopped"
  return { title, words: ["error.stopped.do"], code, keepWords: true }
}

/** @type {Record<string, Ending>} */
const REFUSALS = {
  nobody_speaks_language: { title: "nolang.title", words: ["gone.again"], keepWords: true },
  full: { title: "full.title", words: ["gone.again"], keepWords: true },
  too_many: { title: "error.fast", keepWords: true },
  bad_request: { title: "error.old", keepWords: true },
  unknown_event: { title: "error.old", keepWords: true },
  no_such_conversation: EXPIRED,
}

/**
 * The server will not go on.
 *
 * @param {string} code
 * @param {string[]} nextOpening - when somebody answers next
 * @returns {Ending}
 */
export function refusedBy(code, nextOpening) {
  if (code === "line_closed") return { title: "closed.title", words: [...nextOpening, "gone.again"], keepWords: true }
  return REFUSALS[code] ?? { title: "error.server", code, keepWords: true }
}
