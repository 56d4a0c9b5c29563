/** The question of a second tab: whether the conversation that is open in the other one may end. */
import { h } from "./dom.js"

/**
 * @param {object} given
 * @param {HTMLElement} given.place
 * @param {import("./dom.js").Dresser} given.dresser
 * @returns {Promise<void>} resolves when the desk is to be here; never, if it stays there
 */
export function askForDesk({ place, dresser }) {
  const question = dresser.text(h("h2", { id: "elsewhere" }), "tabs.other")
  const stay = dresser.text(h("button", { class: "button", type: "button", "data-test": "stay-there" }), "tabs.stay")
  const take = dresser.text(h("button", { class: "button", type: "button", "data-test": "take-over" }), "tabs.take")
  const told = h("p", { role: "status" })
  const sheet = h("section", { class: "sheet other-tab", "aria-labelledby": "elsewhere", "data-test": "other-tab" },
    question, told, h("p", { class: "row" }, stay, take))
  place.append(sheet)
  stay.focus()
  stay.addEventListener("click", () => {
    dresser.text(told, "tabs.stays")
    stay.remove()
    take.focus()
  })
  return new Promise((resolve) => take.addEventListener("click", () => {
    sheet.remove()
    resolve()
  }))
}
