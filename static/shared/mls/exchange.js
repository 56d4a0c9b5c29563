/**
 * Words, commits and her yes, in and out. Every way in and every own act runs the same rules, for a person's page and
 * for a desk alike.
 */
import { hex } from "../bytes.js"
import { breach, ending, need, Refused } from "../refused.js"
import { readConsent, writeConsent } from "./consent.js"
import { BUCKETS, frame, SEAL_BYTES, unframe, WIRE_BYTES } from "./framing.js"
import { configuration, createApplicationMessage, createCommit, emptyPskIndex, leafAt, processPrivateMessage, unwrap,
  wrap } from "./library.js"
import { Membership } from "./membership.js"
import { peek } from "./peek.js"
import { judgeCommit } from "./rules.js"
import { heed } from "./said.js"
import { wipe, wipeEpoch } from "./wipe.js"

/**
 * @typedef {import("./library.js").State} State
 * @typedef {import("./members.js").Change} Change
 * @typedef {{kind: "commit" | "removed", from: number, add?: Change["add"], remove?: number,
 *   members: ReturnType<Membership["list"]>}} Changed
 */

export class Exchange extends Membership {
  /**
   * @param {string} kind - one of KINDS
   * @param {Uint8Array | string} [body]
   * @returns {Promise<Uint8Array>} the envelope
   */
  send(kind, body = "") {
    return this.alone((state) => {
      // Words wait until the one who leaves has left.
      need(!this.handover || kind === "end" || this.me === this.handover.out, "handover-pending")
      return this.seal(state, kind, body)
    })
  }

  /** @param {State} state @param {string} kind @param {Uint8Array | string} body */
  async seal(state, kind, body) {
    const { newState, privateMessage, consumed } = await createApplicationMessage(state, frame(kind, this.out, body), this.trust.suite)
    this.become(state, newState)
    this.out += 1
    wipe(consumed)
    return wrap({ wireformat: "mls_private_message", privateMessage })
  }

  /**
   * Her tap, on what her page has checked and shown.
   *
   * @param {Uint8Array} ref - from the question
   * @returns {Promise<Uint8Array>} the envelope
   */
  yes(ref) {
    return this.alone(async (state) => {
      const asked = this.asked.get(hex(ref))
      need(this.me === this.person && asked, "nothing-asked")
      const question = { ...asked, ref, groupId: this.groupId, epoch: state.groupContext.epoch }
      const bytes = await writeConsent(this.trust.suite, state.signaturePrivateKey, question)
      const envelope = await this.seal(state, "consent", bytes)
      this.consents.set(hex(ref), readConsent(bytes))
      this.asked.delete(hex(ref))
      return envelope
    })
  }

  // ---- everything that comes in

  /**
   * @param {Uint8Array} envelope
   * @returns {Promise<import("./said.js").Said | Changed>}
   * @throws {Refused}
   */
  receive(envelope) {
    return this.stall.watch(this.alone(async (state) => {
      const { privateMessage } = unwrap(envelope, "mls_private_message")
      const opened = await peek(this, state, privateMessage)
      return opened.content.contentType === "application" ? this.#words(state, opened) : this.#change(state, privateMessage, opened)
    }))
  }

  /** @param {State} state @param {Awaited<ReturnType<typeof peek>>} opened */
  async #words(state, { from, epoch, content, sender, next, consumed }) {
    const said = { from, ...unframe(/** @type {any} */ (content).applicationData) }
    const expected = this.in.get(sender.id) ?? said.seq
    need(said.seq >= expected, "replay")
    need(said.seq === expected, "gap") // not adopted: the same bytes can come again in order
    const current = epoch === state.groupContext.epoch
    breach(!current || !this.handover || from === this.handover.out || said.kind === "end", "words-during-handover")
    await heed(this, said, sender, epoch)
    this.become(state, next)
    this.in.set(sender.id, said.seq + 1)
    wipe(consumed)
    return said
  }

  /** @param {State} state @param {import("ts-mls").PrivateMessage} message @param {Awaited<ReturnType<typeof peek>>} opened */
  async #change(state, message, { from, content }) {
    breach(content.contentType === "commit", "standalone-proposal")
    const { commit } = /** @type {import("ts-mls").FramedContentCommitData} */ (content)
    const change = await judgeCommit(this, state, from, commit)
    const asJudged = (/** @type {any} */ it) =>
      it.kind === "commit" && it.senderLeafIndex === from && it.proposals.length === commit.proposals.length ? "accept" : "reject"
    const result = await processPrivateMessage(state, message, emptyPskIndex, this.trust.suite, asJudged)
      .catch((error) => { throw ending(error, "commit-invalid") })
    breach(result.kind === "newState" && result.actionTaken === "accept", "commit-rejected")
    if (result.newState.groupActiveState.kind === "removedFromGroup") return this.#removed(from)
    await this.adopt(state, result.newState, change, result.consumed)
    this.#drop() // ours for that epoch, if any, has lost
    return { kind: /** @type {const} */ ("commit"), from, ...change, members: this.list() }
  }

  /** @param {number} from */
  #removed(from) {
    this.end("removed")
    return { kind: /** @type {const} */ ("removed"), from, members: this.list() }
  }

  // ---- our own commits: made, sent, adopted only when the server has ordered them first

  /** New keys for our leaf. @returns {Promise<{commit: Uint8Array, welcome?: Uint8Array}>} */
  update() {
    return this.commit([])
  }

  /**
   * @param {import("ts-mls").Proposal[]} proposals
   * @param {import("ts-mls").CreateCommitOptions} [options]
   * @returns {Promise<{commit: Uint8Array, welcome?: Uint8Array}>}
   */
  commit(proposals, options = {}) {
    return this.alone(async (state) => {
      const { epoch } = state.groupContext
      need(!this.mine && this.committed !== epoch, "commit-in-flight") // one lost on the way is sent again as it was
      const change = await judgeCommit(this, state, this.me, this.#asCommit(state, proposals))
      const { made, bytes } = await this.#make(state, { extraProposals: proposals, ratchetTreeExtension: true, ...options })
      this.still(state, made.newState)
      this.mine = { next: { ...made.newState, clientConfig: state.clientConfig }, change }
      this.committed = epoch
      this.stall.waiting()
      return { commit: bytes, welcome: made.welcome && wrap({ wireformat: "mls_welcome", welcome: made.welcome }) }
    })
  }

  /** What our commit will say, for our own rules. @param {State} state @param {import("ts-mls").Proposal[]} proposals @returns {any} */
  #asCommit(state, proposals) {
    return {
      proposals: proposals.map((proposal) => ({ proposalOrRefType: "proposal", proposal })),
      path: proposals[0]?.proposalType === "add" ? undefined : { leafNode: leafAt(state, this.me) },
    }
  }

  /** A commit looks like a text of 1,024: none fits 256. @param {State} state @param {import("ts-mls").CreateCommitOptions} options */
  async #make(state, options) {
    for (const bucket of BUCKETS.slice(1)) {
      const clientConfig = configuration(this.trust, { kind: "padUntilLength", padUntilLength: bucket + SEAL_BYTES })
      const made = await createCommit({ state: { ...state, clientConfig }, cipherSuite: this.trust.suite }, options)
      const bytes = wrap(made.commit)
      if (bytes.length <= bucket + SEAL_BYTES + WIRE_BYTES) return { made, bytes }
    }
    throw new Refused("commit-too-long")
  }

  /** The server has taken our commit. */
  confirmed() {
    return this.alone(async (state) => {
      need(this.mine, "no-commit")
      const { next, change } = this.mine
      const { epoch } = state.groupContext
      // Texts read since the commit was made have moved the ratchets: with the old copy, replays would decrypt again.
      const past = /** @type {import("ts-mls").EpochReceiverData} */ (next.historicalReceiverData.get(epoch))
      next.historicalReceiverData.set(epoch, { ...past, secretTree: state.secretTree })
      this.mine = undefined
      await this.adopt(state, next, change)
    })
  }

  /** The server has taken another's commit for this epoch: ours is void, and that one is on its way. */
  rejected() {
    return this.alone(async () => this.#drop())
  }

  #drop() {
    if (this.mine) wipeEpoch(this.mine.next)
    this.mine = undefined
  }
}
