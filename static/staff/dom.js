/** Elements made of text alone. Each text carries its key, so that the page changes its language in place. */

/** @typedef {import("./words.js").Words} Words */
/** @typedef {import("./words.js").Slots} Slots */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | undefined>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    element.setAttribute(name, value === true ? "" : value)
  }
  element.append(...children)
  return element
}

/**
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLElement}
 * @throws {TypeError} when the markup is not the desk's
 */
export function find(selector, within = document) {
  const found = within.querySelector(selector)
  if (!(found instanceof HTMLElement)) throw new TypeError(`no ${selector}`)
  return found
}

/** Puts texts on elements, and again when the language changes. */
export class Dresser {
  /** @param {Words} words */
  constructor(words) {
    this.words = words
  }

  /**
   * @template {HTMLElement} Element
   * @param {Element} element
   * @param {string} key
   * @param {Slots} [slots]
   * @returns {Element}
   */
  text(element, key, slots = {}) {
    element.dataset.t = key
    element.dataset.slots = JSON.stringify(slots)
    element.textContent = this.words.say(key, slots)
    return element
  }

  /**
   * For ears.
   *
   * @template {HTMLElement} Element
   * @param {Element} element
   * @param {string} key
   * @param {Slots} [slots]
   * @returns {Element}
   */
  name(element, key, slots = {}) {
    element.dataset.name = key
    element.dataset.nameSlots = JSON.stringify(slots)
    element.setAttribute("aria-label", this.words.say(key, slots))
    return element
  }

  /** The name of a language or a line, which no catalogue has. @param {HTMLElement} element @param {"language" | "line"} kind @param {string} code */
  called(element, kind, code) {
    element.dataset[kind] = code
    element.textContent = kind === "language" ? this.words.nameOfLanguage(code) : this.words.nameOfLine(code)
    return element
  }

  /** Its own text is its name again. @param {HTMLElement} element */
  unname(element) {
    delete element.dataset.name
    element.removeAttribute("aria-label")
  }

  /** Nothing to say here. @param {HTMLElement} element */
  clear(element) {
    delete element.dataset.t
    element.textContent = ""
  }

  /** Say everything again, after a change of language. @param {Document} page */
  again(page) {
    page.documentElement.lang = this.words.language
    for (const element of page.querySelectorAll("[data-t], [data-name], [data-language], [data-line]")) {
      if (!(element instanceof HTMLElement)) continue
      const { t, name, slots, nameSlots, language, line } = element.dataset
      if (t) this.text(element, t, JSON.parse(slots ?? "{}"))
      if (name) this.name(element, name, JSON.parse(nameSlots ?? "{}"))
      if (language) this.called(element, "language", language)
      if (line) this.called(element, "line", line)
    }
  }
}
