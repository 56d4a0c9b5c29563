/**
 * Leave at once. The order is measured: a white page in the event itself, everything else in the next task,
 * so that nothing stands between the tap and the white.
 */
export class Exit {
  #left = false
  /** @type {() => void} */
  #forget = () => {}
  #page
  #where

  /**
   * @param {Window & typeof globalThis} page - the browser's window, or a stand-in
   * @param {{neutral: string, title: () => string, told: () => string}} where - address, title and words of an ordinary page
   */
  constructor(page, where) {
    this.#page = page
    this.#where = where
  }

  /** What else has to be forgotten: connection, keys, messages. @param {() => void} forget */
  beforeLeaving(forget) {
    this.#forget = forget
  }

  /** @param {Event} [event] */
  leave(event) {
    event?.preventDefault()
    if (this.#left) return
    this.#left = true
    this.#whiten()
    this.#page.setTimeout(() => this.#vanish(), 0)
  }

  #whiten() {
    const { document } = this.#page
    const [head, title, body, told] = ["head", "title", "body", "p"].map((name) => document.createElement(name))
    title.textContent = this.#where.title()
    head.append(title)
    told.setAttribute("role", "alert")
    told.style.color = "#fff"
    told.textContent = this.#where.told()
    body.style.background = "#fff"
    body.append(told)
    document.documentElement.replaceChildren(head, body)
  }

  #vanish() {
    const { fetch, location, sessionStorage, localStorage } = this.#page
    attempt(() => fetch("/gone", { method: "POST", keepalive: true, credentials: "same-origin" }).catch(() => {}))
    attempt(this.#forget)
    attempt(() => sessionStorage.clear())
    attempt(() => localStorage.clear())
    location.replace(this.#where.neutral)
  }
}

/** Leaving matters more than whatever fails on the way: no network, storage switched off. @param {() => void} step */
function attempt(step) {
  try {
    step()
  } catch {
    // nothing to tell, and nobody to tell it to
  }
}
