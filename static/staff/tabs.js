/** Tabs of one browser that show the same desk: a new one asks, before it takes the connection away from another. */

const ANSWER_MILLISECONDS = 500

/** @typedef {Pick<BroadcastChannel, "postMessage" | "addEventListener">} Channel */

export class Tabs {
  /** @type {(() => void) | undefined} */ #answered

  /**
   * @param {object} given
   * @param {Channel} given.channel
   * @param {string} given.staff - whose desk this is
   * @param {() => boolean} given.holds - whether this tab has a conversation
   * @param {(milliseconds: number) => Promise<void>} [given.pause]
   */
  constructor({ channel, staff, holds, pause = (ms) => new Promise((done) => setTimeout(done, ms)) }) {
    this.channel = channel
    this.staff = staff
    this.pause = pause
    channel.addEventListener("message", ({ data }) => {
      if (data?.staff !== staff) return
      if (data.says === "who" && holds()) channel.postMessage({ staff, says: "here" })
      if (data.says === "here") this.#answered?.()
    })
  }

  /** Whether a conversation of hers is open in another tab. @returns {Promise<boolean>} */
  async othersHold() {
    const heard = new Promise((resolve) => { this.#answered = () => resolve(true) })
    this.channel.postMessage({ staff: this.staff, says: "who" })
    return Promise.race([heard, this.pause(ANSWER_MILLISECONDS).then(() => false)])
  }
}
