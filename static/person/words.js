/** The words of the page in one language; every text in the markup carries its key. */
export class Words {
  /** @type {Record<string, string>} */
  #texts

  /** @param {Record<string, string>} texts */
  constructor(texts) {
    this.#texts = texts
  }

  /**
   * @param {string} key
   * @param {Record<string, string | number>} [slots]
   */
  text(key, slots = {}) {
    return (this.#texts[key] ?? "").replace(/\{(\w+)\}/g, (_, slot) => String(slots[slot] ?? ""))
  }

  /** Put a text into an element, with its key, so that a change of language finds it. @param {HTMLElement} element @param {string} key */
  write(element, key) {
    element.dataset.t = key
    element.textContent = this.text(key)
  }

  /** Speak another language from now on, in the same page. @param {Record<string, string>} texts */
  change(texts) {
    this.#texts = texts
    for (const element of document.querySelectorAll("[data-t]")) {
      element.textContent = this.text(/** @type {HTMLElement} */ (element).dataset.t ?? "")
    }
    for (const element of document.querySelectorAll("[data-name]")) {
      element.setAttribute("aria-label", this.text(/** @type {HTMLElement} */ (element).dataset.name ?? ""))
    }
    document.title = this.text("app.title")
  }
}
