import { to64 } from "../shared/bytes.js"
import { Refused } from "../shared/refused.js"
import { BY_HER, broken, byOther, refusedBy } from "./endings.js"
import { Inbox } from "./inbox.js"
import { joinedBy, nameOf, others, showMembers } from "./members.js"
import { Outbox } from "./outbox.js"

const SLOW_SECONDS = 20

/**
 * @typedef {import("../shared/mls/hers.js").HerConversation} HerConversation
 * @typedef {import("./screen.js").Screen} Screen
 */

/** Two who write to each other: what goes out, what comes in, who is here. It says when it is over; its owner cleans up. */
export class Dialogue {
  #conversation
  #link
  #screen
  #over
  #inbox = new Inbox((bytes) => this.#open(bytes), (seq) => void this.#link.ask("holds", { seq }))
  #outbox
  #ticking = setInterval(() => this.#tick(), 1000)

  /**
   * @param {HerConversation} conversation - joined and checked
   * @param {import("./link.js").Link} link
   * @param {Screen} screen
   * @param {(ending: import("./closed.js").Ending) => void} over
   */
  constructor(conversation, link, screen, over) {
    this.#conversation = conversation
    this.#link = link
    this.#screen = screen
    this.#over = over
    this.#outbox = new Outbox({
      give: (seq, bytes) => link.ask("envelope", { seq, bytes: to64(bytes) }),
      refused: (code) => over(refusedBy(code, [])),
      steady: conversation.trust.clock.steady,
      later: (work, delay_ms) => void setTimeout(work, delay_ms),
    })
    this.#greet()
  }

  /** The alias of the one who answers. */
  get alias() {
    return this.#aliasOf(this.#conversation.lead)
  }

  /** While one takes over from another, nothing can be said. */
  get canSay() {
    return !this.#conversation.handover
  }

  /** @param {number} seq @param {Uint8Array} bytes */
  came(seq, bytes) {
    this.#inbox.push(seq, bytes)
  }

  /** Everything that has come is opened. */
  settled() {
    return this.#inbox.before(async () => {})
  }

  /** @param {number} seq */
  held(seq) {
    this.#outbox.held(seq)
  }

  /** The other side's connection. @param {boolean} lost */
  peer(lost) {
    const { words, connection, log } = this.#screen
    connection.tell("peer", lost ? words.text("net.lost.other", { alias: this.alias }) : undefined)
    if (!lost) log.event(words.text("net.back.other", { alias: this.alias }))
  }

  /** @param {string} said @returns {Promise<boolean>} whether it is sealed and on its way */
  async say(said) {
    const { words, log } = this.#screen
    try {
      const bytes = await this.#conversation.send("text", said)
      this.#outbox.add(bytes, log.mine(words.text("chat.you"), said, words.text("state.sending")))
      return true
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return false // somebody is taking over, or it is over: the words stay in the box
    }
  }

  /** She ends it: once inside, for the other side alone, and then the page is done. */
  async end() {
    const last = await this.#conversation.send("end").catch(() => undefined)
    if (last) this.#outbox.add(last)
    this.#over(BY_HER)
  }

  /** Keys and everything that waits are gone. */
  forget() {
    clearInterval(this.#ticking)
    this.#inbox.stop()
    this.#conversation.end()
  }

  #greet() {
    const { words, log } = this.#screen
    const [counsellor] = others(this.#conversation.list())
    this.#showMembers()
    log.event(joinedBy(words, counsellor))
    if (this.#conversation.members.size === 2) log.event(words.text("joined.sealed", { alias: counsellor.alias }))
  }

  #showMembers() {
    showMembers(this.#screen.members, this.#screen.words, this.#conversation.list(), this.alias)
  }

  /** @param {number} leaf */
  #aliasOf(leaf) {
    return this.#conversation.members.get(leaf)?.alias ?? ""
  }

  /** @param {Uint8Array} bytes */
  async #open(bytes) {
    const { members, lead } = this.#conversation
    try {
      this.#heed(await this.#conversation.receive(bytes), { members, lead })
    } catch (error) {
      if (error instanceof Refused && !error.ends) return // nobody here signed it, or it is only late: it changes nothing
      this.#over(broken(error))
    }
  }

  /**
   * @param {Awaited<ReturnType<HerConversation["receive"]>>} came
   * @param {Pick<HerConversation, "members" | "lead">} before
   */
  #heed(came, before) {
    const { words, log } = this.#screen
    if (came.kind === "text" && "body" in came) {
      log.said(this.#aliasOf(came.from), new TextDecoder().decode(came.body), came.from !== this.#conversation.lead)
    } else if (came.kind === "end") {
      this.#over(byOther(words.text("end.by_other", { alias: this.#aliasOf(came.from) })))
    } else if (came.kind === "ask" && "body" in came) {
      this.#ask(came)
    } else if (came.kind === "commit") {
      this.#changed(before)
    }
  }

  /** Who has come or gone, told from the tree before and after. @param {Pick<HerConversation, "members" | "lead">} before */
  #changed(before) {
    const { words, log, connection, consent } = this.#screen
    const { members, handover, lead } = this.#conversation
    const come = [...members.values()].find(({ id, index }) => before.members.get(index)?.id !== id)
    const gone = [...before.members.values()].find(({ id, index }) => members.get(index)?.id !== id)
    if (!come && !gone) return // new keys, the same people
    consent.withdraw() // a question does not outlive a change of members
    this.#showMembers()
    if (come) log.event(joinedBy(words, come))
    if (gone) log.event(words.text("member.left", { alias: gone.alias }))
    if (lead !== before.lead) log.event(words.text("handover.done", { alias: this.alias }))
    connection.tell("passing", handover && words.text("handover.passing", { alias: this.#aliasOf(handover.in) }))
    this.#screen.refresh()
  }

  /** @param {import("../shared/mls/said.js").Said} question */
  async #ask({ from, ref, show, refused }) {
    const { words, log, consent } = this.#screen
    if (refused || !ref || !show) return log.event(words.text("member.unchecked"))
    const asked = show.purpose === "handover" ? words.text("handover.ask", { alias: this.#aliasOf(from) }) : words.text("member.ask")
    if (!(await consent.ask(asked, nameOf(words, show)))) return log.event(words.text("member.stays"))
    const bytes = await this.#conversation.yes(ref).catch(() => undefined)
    if (bytes) this.#outbox.add(bytes)
  }

  async #tick() {
    try {
      const stalled = await this.#conversation.tick()
      const slow = stalled || this.#outbox.waited >= SLOW_SECONDS
      this.#screen.connection.tell("slow", slow ? this.#screen.words.text("net.slow") : undefined)
    } catch (error) {
      this.#over(broken(error))
    }
  }
}
