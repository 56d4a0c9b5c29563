/** The conversation as a page of notes. Only ever added to, so that a screen reader says each line once. */
export class Log {
  #log

  /** @param {HTMLElement} log */
  constructor(log) {
    this.#log = log
  }

  /** What happened, once. @param {string} words */
  event(words) {
    const box = boxOf("event")
    box.append(lineOf("p", words))
    this.#add(box)
  }

  /** Here one conversation ends and another begins, on her screen alone. @param {string} words */
  parted(words) {
    const box = boxOf("event parted")
    box.append(lineOf("p", words))
    this.#add(box)
  }

  /** Somebody else's words. @param {string} who @param {string} words @param {boolean} joins - a third one, in sight */
  said(who, words, joins) {
    const box = boxOf(joins ? "said joins" : "said")
    box.append(lineOf("span", who, "who"), lineOf("p", words))
    this.#add(box)
  }

  /**
   * Her own words, with a small word under them until they have arrived.
   *
   * @param {string} who
   * @param {string} words
   * @param {string} sending
   * @returns {() => void} to be called when they have arrived
   */
  mine(who, words, sending) {
    const box = boxOf("said her mine")
    const state = lineOf("small", sending, "who")
    state.ariaHidden = "true"
    box.dataset.state = "sending"
    box.append(lineOf("span", who, "who heard"), lineOf("p", words), state)
    this.#add(box, true)
    return () => {
      box.dataset.state = "sent"
    }
  }

  /** What stands under her words that have not arrived. @param {string} state */
  pending(state) {
    for (const line of this.#log.querySelectorAll("[data-state=sending] small")) line.textContent = state
  }

  /** To the last line. */
  follow() {
    scrollTo(0, document.documentElement.scrollHeight)
  }

  clear() {
    this.#log.replaceChildren()
  }

  /** @param {HTMLElement} box @param {boolean} [follow] - even if she has scrolled away */
  #add(box, follow = false) {
    const { scrollHeight, clientHeight, scrollTop } = document.documentElement
    const atEnd = scrollHeight - clientHeight - scrollTop < 120
    this.#log.append(box)
    if (follow || atEnd) this.follow()
  }
}

/** @param {string} look */
function boxOf(look) {
  const box = document.createElement("div")
  box.className = look
  return box
}

/** @param {string} name @param {string} words @param {string} [look] */
function lineOf(name, words, look = "") {
  const line = document.createElement(name)
  if (look) line.className = look
  line.dir = "auto"
  line.textContent = words
  return line
}
