import { need, Refused } from "../shared/refused.js"
import { BY_HER, broken, byOther, refusedBy } from "./endings.js"
import { joinedBy, nameOf, others, showMembers } from "./members.js"
import { Post } from "./post.js"
import { Renewal } from "./renewal.js"

const SLOW_SECONDS = 20
/** Her end does not wait for what is under way longer than this. */
const LAST_WORD_MS = 500
/** After this long without the other side, somebody else is called. */
const COUNSELLOR_GONE_SECONDS = 600

/**
 * @typedef {import("../shared/mls/hers.js").HerConversation} HerConversation
 * @typedef {import("../shared/mls/said.js").Said} Said
 * @typedef {import("./screen.js").Screen} Screen
 *
 * What a page that was loaded again needs beside the keys.
 * @typedef {{post: import("./post.js").Saved, question?: Said}} Saved
 */

/** Two who write to each other: what goes out, what comes in, who is here. It says when it is over; its owner cleans up. */
export class Dialogue {
  #conversation
  #screen
  #ways
  #post
  #renewal
  /** @type {Set<{said: string}>} her words that the other side does not hold yet */ #unheld = new Set()
  /** @type {Said | undefined} it waits for her answer */ #question
  /** @type {number | undefined} since when the other side is away, on the steady clock */ #away
  #isLost = false
  #ticking = setInterval(() => this.#tick(), 1000)

  /**
   * @param {HerConversation} conversation - joined and checked
   * @param {import("./link.js").Link} link
   * @param {Screen} screen
   * @param {object} ways
   * @param {(ending: import("./closed.js").Ending) => void} ways.over
   * @param {() => Promise<void>} ways.kept - when what there is by now is written down
   * @param {() => void} ways.gap - the server has to be asked how far it is
   * @param {() => void} ways.another - the other side does not come back: somebody else is called
   * @param {Saved} [from] - of the page before this one
   */
  constructor(conversation, link, screen, ways, from) {
    const { over, kept, gap } = ways
    this.#conversation = conversation
    this.#screen = screen
    this.#ways = ways
    this.#post = new Post({
      conversation, link, kept, gap,
      heed: (came, before) => this.#heed(came, before),
      refused: (code) => over(refusedBy(code, [])),
      broken: (error) => over(broken(error)),
      settled: (epoch, ours) => this.#settled(epoch, ours),
    }, from?.post)
    this.#renewal = new Renewal(conversation, this.#post, Boolean(from))
    if (from) this.#greetAgain(from)
    else this.#begin()
  }

  /** The alias of the one who answers. */
  get alias() {
    return this.#aliasOf(this.#conversation.lead)
  }

  /** While one takes over from another, and before the keys of a page that was loaded again are new, nothing can be said. */
  get canSay() {
    return !this.#conversation.handover && !this.#renewal.due
  }

  /** What she has said and the other side does not hold. */
  get unheld() {
    return [...this.#unheld].map(({ said }) => said)
  }

  /** How far both ends are. */
  get standing() {
    return this.#post.standing
  }

  /** @param {number} seq @param {Uint8Array} bytes */
  came(seq, bytes) {
    this.#post.came(seq, bytes)
  }

  /** Everything that has come is opened. */
  settled() {
    return this.#post.done()
  }

  /** @param {number} seq */
  held(seq) {
    this.#post.held(seq)
  }

  /** Her own connection is lost. */
  lost() {
    this.#isLost = true
    this.#screen.log.pending(this.#state)
    this.#post.lost()
  }

  /** It is back. @param {number} taken @param {number} acked */
  resume(taken, acked) {
    this.#isLost = false
    this.#screen.log.pending(this.#state)
    const goesOn = this.#post.resume(taken, acked)
    if (goesOn) this.#renew()
    else this.#ways.over(broken(new Refused("older-than-the-server")))
  }

  /** The other side's connection. @param {boolean} lost */
  peer(lost) {
    const { words, connection, log } = this.#screen
    if (lost === (this.#away !== undefined)) return // said once
    this.#away = lost ? this.#steady() : undefined
    connection.tell("peer", lost ? words.text("net.lost.other", { alias: this.alias }) : undefined)
    this.#screen.offerAnother(lost)
    if (!lost) log.event(words.text("net.back.other", { alias: this.alias }))
  }

  /** @param {string} said @returns {Promise<boolean>} whether it is sealed and on its way */
  async say(said) {
    const { words, log } = this.#screen
    if (!this.canSay) return false
    const one = { said }
    let shown = () => {}
    const seal = async () => {
      const bytes = await this.#conversation.send("text", said)
      this.#unheld.add(one)
      shown = log.mine(words.text("chat.you"), said, this.#state)
      return bytes
    }
    const arrived = () => {
      this.#unheld.delete(one)
      shown()
    }
    try {
      await this.#post.send(seal, { arrived })
      return true
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return false // somebody is taking over, or it is over: the words stay in the box
    }
  }

  /** She ends it: once inside, for the other side alone, and then the page is done. */
  async end() {
    const last = this.#post.send(() => this.#conversation.send("end"), { last: true }).catch(() => {})
    await Promise.race([last, new Promise((done) => setTimeout(done, LAST_WORD_MS))])
    this.#ways.over(BY_HER)
  }

  /**
   * What a page that is loaded again needs: no words.
   *
   * @template Keys
   * @param {(conversation: HerConversation) => Promise<Keys>} save
   * @returns {Promise<Saved & {keys: Keys}>}
   */
  saved(save) {
    return this.#post.saved(async (post) => ({ post, question: this.#question, keys: await save(this.#conversation) }))
  }

  /** Keys and everything that waits are gone. */
  forget() {
    clearInterval(this.#ticking)
    this.#post.stop()
    this.#screen.offerAnother(false)
    this.#unheld.clear()
    this.#conversation.end()
  }

  /** What stands under her words until they have arrived. */
  get #state() {
    return this.#screen.words.text(this.#isLost ? "state.waiting" : "state.sending")
  }

  #steady() {
    return this.#conversation.trust.clock.steady()
  }

  /** Neither end has anything yet. */
  #begin() {
    const { words, log } = this.#screen
    this.#post.resume(0, 0)
    const [counsellor] = others(this.#conversation.list())
    this.#showMembers()
    log.event(joinedBy(words, counsellor))
    if (this.#conversation.members.size === 2) log.event(words.text("joined.sealed", { alias: counsellor.alias }))
  }

  /** @param {Saved} from */
  #greetAgain({ question }) {
    const { words, log } = this.#screen
    this.#showMembers()
    log.event(words.text("net.again", { alias: this.alias }))
    this.#tellPassing()
    if (question) this.#ask(question)
  }

  #showMembers() {
    showMembers(this.#screen.members, this.#screen.words, this.#conversation.list(), this.alias)
  }

  /** @param {number} leaf */
  #aliasOf(leaf) {
    return this.#conversation.members.get(leaf)?.alias ?? ""
  }

  /** New keys, if they are due. */
  #renew() {
    this.#renewal.go().catch((error) => error instanceof Refused || this.#ways.over(broken(error)))
  }

  /** @param {number} epoch @param {boolean} ours */
  #settled(epoch, ours) {
    this.#renewal.settled(epoch, ours)
    this.#ways.kept() // whoever loads the page from here on has the new keys
    this.#screen.refresh()
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
      this.#ways.over(byOther(words.text("end.by_other", { alias: this.#aliasOf(came.from) })))
    } else if (came.kind === "ask" && "body" in came) {
      this.#ask(came)
    } else if (came.kind === "commit") {
      this.#changed(before)
      setTimeout(() => this.#renew()) // after this step: it is one of its own
    }
  }

  /** Who has come or gone, told from the tree before and after. @param {Pick<HerConversation, "members" | "lead">} before */
  #changed(before) {
    const { words, log, consent } = this.#screen
    const { members, lead } = this.#conversation
    const come = [...members.values()].find(({ id, index }) => before.members.get(index)?.id !== id)
    const gone = [...before.members.values()].find(({ id, index }) => members.get(index)?.id !== id)
    if (!come && !gone) return // new keys, the same people
    this.#question = undefined // a question does not outlive a change of members
    consent.withdraw()
    this.#showMembers()
    if (come) log.event(joinedBy(words, come))
    if (gone) log.event(words.text("member.left", { alias: gone.alias }))
    if (lead !== before.lead) log.event(words.text("handover.done", { alias: this.alias }))
    this.#tellPassing()
    this.#screen.refresh()
  }

  #tellPassing() {
    const { words, connection } = this.#screen
    const { handover } = this.#conversation
    connection.tell("passing", handover && words.text("handover.passing", { alias: this.#aliasOf(handover.in) }))
  }

  /** @param {Said} question */
  async #ask(question) {
    const { from, ref, show, refused } = question
    const { words, log, consent } = this.#screen
    if (refused || !ref || !show) return log.event(words.text("member.unchecked"))
    this.#question = question
    const asked = show.purpose === "handover" ? words.text("handover.ask", { alias: this.#aliasOf(from) }) : words.text("member.ask")
    const yes = await consent.ask(asked, nameOf(words, show))
    this.#question = undefined
    if (!yes) return log.event(words.text("member.stays"))
    await this.#post.send(() => this.#conversation.yes(ref)).catch(() => {})
  }

  async #tick() {
    try {
      const stalled = await this.#conversation.tick()
      need(!this.#renewal.isStuck, "older-than-the-server")
      const slow = stalled || this.#post.waited >= SLOW_SECONDS
      this.#screen.connection.tell("slow", slow ? this.#screen.words.text("net.slow") : undefined)
      if (this.#away !== undefined && this.#steady() - this.#away >= COUNSELLOR_GONE_SECONDS) this.#ways.another()
    } catch (error) {
      this.#ways.over(broken(error))
    }
  }
}
