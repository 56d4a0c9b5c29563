/** Lines on which somebody waits while nobody who fits is at a desk: a strip for each, as long as it is so. */
import { h } from "./dom.js"

/** The strips stand in the page when it is loaded; the server tells what changes. */
export class Alarms {
  /**
   * @param {object} given
   * @param {HTMLElement} given.place
   * @param {import("./dom.js").Dresser} given.dresser
   */
  constructor({ place, dresser }) {
    this.place = place
    this.dresser = dresser
  }

  /** @param {{line: string, on: boolean}} alarm */
  show({ line, on }) {
    const there = [...this.place.children].find((strip) => strip instanceof HTMLElement && strip.dataset.alarm === line)
    if (!on) return there?.remove()
    if (there) return
    const name = this.dresser.called(h("b"), "line", line)
    const said = this.dresser.text(h("span"), "alarm.waits")
    this.place.append(h("p", { class: "look", "data-alarm": line, "data-test": "alarm" }, name, said))
  }
}
