/** One document from landing to end: panes are shown and hidden, the history stays as it was. */
export class Panes {
  /** @type {HTMLElement} */
  #main

  /** @param {HTMLElement} main - holds every element with `data-pane` */
  constructor(main) {
    this.#main = main
  }

  /**
   * Show these panes and no others; the first one gives the state its name and takes the focus, unless she is writing.
   *
   * @param {...string} names
   */
  show(...names) {
    this.#main.dataset.now = names[0]
    for (const pane of this.#main.querySelectorAll("[data-pane]")) {
      if (pane instanceof HTMLElement) pane.hidden = !names.includes(pane.dataset.pane ?? "")
    }
    scrollTo(0, 0)
    if (document.activeElement instanceof HTMLTextAreaElement) return
    const title = this.#main.querySelector(`[data-pane="${names[0]}"] h1`)
    if (title instanceof HTMLElement) title.focus({ preventScroll: true })
  }

  /** One pane has been read. @param {string} name */
  hide(name) {
    const pane = this.#main.querySelector(`[data-pane="${name}"]`)
    if (pane instanceof HTMLElement) pane.hidden = true
  }
}
