/** How long another's commit may take to come, once the server has said that it was first. */
const STUCK_SECONDS = 30

/**
 * New keys after a page was loaded again: whoever has read what was stored reads nothing that is written from then on. So
 * they come before her first word.
 */
export class Renewal {
  /** The epoch that our commit ends, once it is sealed. @type {number | undefined} */ #sealed
  /** Since when another's is awaited, on the steady clock. @type {number | undefined} */ #beaten
  #conversation
  #post

  /**
   * @param {import("../shared/mls/hers.js").HerConversation} conversation
   * @param {Pick<import("./post.js").Post, "renew">} post
   * @param {boolean} due
   */
  constructor(conversation, post, due) {
    this.#conversation = conversation
    this.#post = post
    /** Whether her words have to wait for it. */
    this.due = due
  }

  /** Now, if it can be: one of ours may be under way, another's may have to come first, or somebody is taking over. */
  async go() {
    const { state, mine, committed, handover } = this.#conversation
    if (!this.due || !state || mine || handover || committed === state.groupContext.epoch) return
    const epoch = Number(state.groupContext.epoch)
    if (this.#sealed === epoch) return
    this.#sealed = epoch
    this.#beaten = undefined
    await this.#post.renew(epoch)
  }

  /** The server has answered to a commit. @param {number} epoch @param {boolean} ours - it was the first for its epoch */
  settled(epoch, ours) {
    this.#beaten = ours ? undefined : this.#steady()
    if (ours && epoch === this.#sealed) this.due = false
    else void this.go()
  }

  /** What the server gave to a page before this one cannot be had again: this one is older than that, and cannot go on. */
  get isStuck() {
    return this.due && this.#beaten !== undefined && this.#steady() - this.#beaten > STUCK_SECONDS
  }

  #steady() {
    return this.#conversation.trust.clock.steady()
  }
}
