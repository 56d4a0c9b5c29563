/**
 * One page's place in a conversation: an MLS group under a fixed policy.
 *
 * The library's states are immutable, so nothing is adopted before every rule has passed, and what is refused leaves
 * nothing behind. What stands here beside the state is the policy's memory: whoever saves one must save the other.
 */
import { hex } from "../bytes.js"
import { breach, need, Refused } from "../refused.js"
import { checkEpoch } from "./epoch.js"
import { asCommitted, personOf, readMembers } from "./members.js"
import { Stall } from "./stall.js"
import { wipe, wipeState } from "./wipe.js"

/**
 * @typedef {import("./library.js").State} State
 * @typedef {import("./library.js").Trust} Trust
 * @typedef {import("./members.js").Members} Members
 * @typedef {import("./members.js").Change} Change
 */

const HANDOVER_SECONDS = 60

export class Membership {
  #turn = Promise.resolve()

  /**
   * @param {object} given - members already judged
   * @param {Trust} given.trust
   * @param {State} given.state
   * @param {Members} given.members
   * @param {number} given.lead - leaf of the counsellor who holds the conversation
   */
  constructor({ trust, state, members, lead }) {
    this.trust = trust
    /** @type {State | undefined} none once it is over */
    this.state = state
    this.groupId = state.groupContext.groupId
    this.members = members
    this.me = state.privatePath.leafIndex
    this.person = personOf(members)
    this.lead = lead
    /** @type {{out: number, in: number, until: number} | undefined} from an Add for a handover to its Remove */
    this.handover = undefined
    /** Epoch of the last change of members: a yes from before it is void. */
    this.since = state.groupContext.epoch
    /** @type {Map<string, import("./consent.js").Consent>} her yes, by key package reference */
    this.consents = new Map()
    /** @type {Map<string, {purpose: string, asker: Uint8Array}>} questions that wait for her, by key package reference */
    this.asked = new Map()
    /** @type {Set<string>} key packages that were added once */
    this.used = new Set()
    this.out = 0
    /** @type {Map<string, number>} next number expected, by sender; one who was there before us is taken as found */
    this.in = new Map()
    /** @type {{next: State, change: Change} | undefined} our commit, until the server has ordered it */
    this.mine = undefined
    /** @type {bigint | undefined} epoch of our last commit: a second one in it would use the same key */
    this.committed = undefined
    this.stall = new Stall(trust.clock)
    /** @type {string | undefined} */
    this.endedBy = undefined
    /** @type {(code: string) => void} */
    this.onEnd = () => {}
  }

  /** Who is here, from the tree: role and alias as certified. */
  list() {
    return [...this.members.values()].map(({ role, alias, index }) => ({ role, alias, me: index === this.me }))
  }

  /** Over: the keys are gone, and nobody can read a recording. @param {string} [code] */
  end(code = "ended") {
    if (!this.state) return
    wipeState(this.state)
    if (this.mine) wipeState(this.mine.next)
    this.state = this.mine = undefined
    this.endedBy = code
    this.onEnd(code)
  }

  /**
   * One at a time: two interleaved calls on one state would use a key twice. A breach ends everything, whoever notices it.
   *
   * @template Result
   * @param {(state: State) => Promise<Result>} work
   * @returns {Promise<Result>}
   */
  alone(work) {
    const turn = this.#turn.then(async () => {
      need(this.state, "ended")
      try {
        return await work(this.state)
      } catch (error) {
        if (error instanceof Refused && error.ends) this.end(error.code)
        throw error
      }
    })
    this.#turn = turn.then(() => {}, () => {})
    return turn
  }

  /**
   * The page may have ended it while we were at work: then the new keys go the way of the old ones.
   *
   * @param {State} before
   * @param {State} next
   */
  become(before, next) {
    this.still(before, next)
    this.state = next
  }

  /** @param {State} before @param {State} next */
  still(before, next) {
    if (this.state !== before) wipeState(next)
    need(this.state === before, "ended")
  }

  /**
   * A new epoch takes the place of the old one, if all of it is as the policy wants it.
   *
   * @param {State} state
   * @param {State} next
   * @param {Change} change - what the commit said that it does to the members
   * @param {Uint8Array[]} [consumed] - secrets of the old epoch that nobody needs any more
   */
  async adopt(state, next, change, consumed = []) {
    checkEpoch(this.trust.suite, next, state)
    const members = await readMembers(this.trust, next, this.members, change)
    const newcomer = asCommitted(this.members, members, change)
    breach(personOf(members) === this.person, "person-changed")
    this.become(state, next)
    this.members = members
    wipe(consumed) // only now: the arrays are shared with the old state
    this.stall.advanced()
    if (newcomer || change.remove !== undefined) this.#membersChanged(change, newcomer)
  }

  /** A yes does not outlive a change of members. @param {Change} change @param {import("./members.js").Member | undefined} newcomer */
  #membersChanged({ add, remove }, newcomer) {
    this.consents.clear()
    this.asked.clear()
    this.since = /** @type {State} */ (this.state).groupContext.epoch
    if (add && newcomer) {
      this.in.set(newcomer.id, 0)
      this.used.add(hex(add.ref))
      if (add.purpose === "handover") this.expectHandover(this.lead, newcomer.index)
    }
    if (this.handover && remove === this.handover.out) {
      this.lead = this.handover.in
      this.handover = undefined
    }
  }

  /** @param {number} out @param {number} newcomer */
  expectHandover(out, newcomer) {
    this.handover = { out, in: newcomer, until: this.trust.clock.steady() + HANDOVER_SECONDS }
  }

  /**
   * Called every second by the page. A removal that does not come is a breach, whether it is withheld or was never made.
   *
   * @returns {Promise<{kind: "stalled"} | undefined>} `stalled`: for 20 s the conversation has not advanced. It may still
   * @throws {Refused} `handover-unfinished`
   */
  async tick() {
    if (!this.state) return undefined
    if (this.handover && this.trust.clock.steady() > this.handover.until) {
      this.end("handover-unfinished")
      throw new Refused("handover-unfinished", { ends: true })
    }
    return this.stall.tooLong() ? { kind: "stalled" } : undefined
  }
}
