/** Signing out with a conversation open is said first; closing the page by a slip is asked about by the browser. */
import { find, h } from "./dom.js"

export class Leaving {
  /**
   * @param {object} given
   * @param {import("./dom.js").Dresser} given.dresser
   * @param {() => boolean} given.live - whether a conversation is open
   * @param {() => void} given.end - end them all
   */
  constructor({ dresser, live, end }) {
    this.dresser = dresser
    this.end = end
    this.form = /** @type {HTMLFormElement} */ (find("[data-part=leave]"))
    this.form.addEventListener("submit", (event) => {
      if (!live()) return
      event.preventDefault()
      this.#ask()
    })
    addEventListener("beforeunload", (event) => {
      if (live()) event.preventDefault()
    })
  }

  #ask() {
    if (this.form.querySelector("[role=alertdialog]")) return
    const { dresser } = this
    const stay = dresser.text(h("button", { class: "button", type: "button" }), "desk.leave.no")
    const leave = dresser.text(h("button", { class: "button", type: "button" }), "desk.leave.yes")
    const question = dresser.text(h("p", { id: "leave" }), "desk.leave")
    const box = h("div", { class: "asking stack", role: "alertdialog", "aria-labelledby": "leave" }, question, h("p", { class: "row" }, stay, leave))
    stay.addEventListener("click", () => box.remove())
    leave.addEventListener("click", () => {
      this.end()
      this.form.submit()
    })
    this.form.append(box)
    stay.focus()
  }
}
