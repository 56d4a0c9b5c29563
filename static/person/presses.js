const WINDOW_MS = 5000
const NEEDED = 3

/** Three presses of Shift alone within five seconds. A capital is not a press: another key came while Shift was held. */
export class Presses {
  /** @type {number[]} */
  #times = []
  #alone = false

  /** @param {string} key */
  down(key) {
    if (key === "Shift") {
      this.#alone = true
      return
    }
    this.#alone = false
    this.#times = []
  }

  /**
   * @param {string} key
   * @param {number} at_ms - on any clock that does not go back
   * @returns {number} how many presses are still missing; 0 says leave
   */
  up(key, at_ms) {
    if (key === "Shift" && this.#alone) this.#times = [...this.#times.filter((time_ms) => at_ms - time_ms < WINDOW_MS), at_ms]
    this.#alone = false
    return Math.max(0, NEEDED - this.#times.length)
  }
}
