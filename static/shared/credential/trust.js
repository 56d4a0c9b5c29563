/** What one page trusts: a root, one line, the revocation lists it has seen, and a clock that it can doubt. */
import { hex } from "../bytes.js"
import { need } from "../refused.js"
import { readCredential } from "./chain.js"
import { hashOf, readRevocationList } from "./revocations.js"

/**
 * @typedef {import("../suite/suite.js").Suite} Suite
 * @typedef {import("./chain.js").Who} Who
 * @typedef {Awaited<ReturnType<typeof readRevocationList>>} List
 *
 * Seconds since 1970 by this page; by the server, where it has said so; and seconds that only ever go forward.
 * @typedef {{page: () => number, server: () => number | undefined, steady: () => number}} PageClock
 */

const TOLERANCE_SECONDS = 15 * 60
const CLOCKS_APART_SECONDS = 26 * 3600
const LIST_AGE_SECONDS = 8 * 86400

export class Trust {
  /** @type {Map<string, Who>} */ #known = new Map()
  /** @type {List | undefined} */ #byRoot
  /** @type {List | undefined} */ #byIssuing

  /**
   * @param {object} given
   * @param {Suite} given.suite
   * @param {Uint8Array} given.root - the organisation's root, public half
   * @param {string} given.line
   * @param {number} [given.lowestCounter] - of a revocation list: the memory of a page that has none, from site.json
   * @param {boolean} [given.demo] - whether the root is a demo's; a page takes one kind only
   * @param {PageClock} given.clock
   */
  constructor({ suite, root, line, lowestCounter = 0, demo = false, clock }) {
    this.suite = suite
    this.root = { key: root, demo }
    this.line = line
    this.lowestCounter = BigInt(lowestCounter)
    this.clock = clock
    /** @type {string | undefined} why the library's last question was answered with no */
    this.why = undefined
  }

  /** The moments at which a certificate may be judged: the page's and, if it is not too far from that, the server's. */
  #moments() {
    const page = this.clock.page()
    const server = this.clock.server()
    need(server === undefined || Math.abs(page - server) < CLOCKS_APART_SECONDS, "clock-wrong")
    return server === undefined ? [page] : [page, server]
  }

  /**
   * Take a revocation list. A list of the root stands whatever the counter of another says, and what it revokes stays
   * revoked: a stolen issuing key could jump to the highest counter there is.
   *
   * @param {Uint8Array} bytes
   * @throws {import("../refused.js").Refused}
   */
  async useRevocationList(bytes) {
    const list = await readRevocationList(this.suite, this.root, bytes)
    need(this.#moments().some((moment) => moment - list.issued <= LIST_AGE_SECONDS), "list-old")
    need(list.counter >= this.lowestCounter, "list-below-lowest")
    need(list.counter >= (this.#byRoot?.counter ?? 0n), "list-rolled-back")
    if (list.by === undefined) {
      this.#byRoot = list
      if (this.#byIssuing?.by && list.revoked.has(this.#byIssuing.by)) this.#byIssuing = undefined
    } else {
      need(list.counter >= (this.#byIssuing?.counter ?? 0n), "list-rolled-back")
      need(!this.#byRoot?.revoked.has(list.by), "list-signed-by-revoked")
      this.#byIssuing = list
    }
  }

  /**
   * Whose credential this is, chain and key checked, once for each.
   *
   * @param {Uint8Array} identity
   * @param {Uint8Array} key
   * @returns {Promise<Who>}
   */
  async read(identity, key) {
    const id = `${hex(identity)}/${hex(key)}`
    const known = this.#known.get(id) ?? (await readCredential(this.suite, this.root, identity, key))
    this.#known.set(id, known)
    return known
  }

  /**
   * ts-mls asks this about every leaf it meets, also about the update of one long inside: so never about time.
   *
   * @returns {import("ts-mls").AuthenticationService}
   */
  authService() {
    return {
      validateCredential: async (credential, key) => {
        if (credential.credentialType !== "basic") return false
        const refusal = await this.read(credential.identity, key).then(() => undefined, (error) => error)
        if (refusal) this.why = refusal.code
        return !refusal
      },
    }
  }

  /**
   * May this certificate answer this line now? The one judgement of time, line and revocation, made when somebody enters.
   *
   * @param {Who} who
   * @param {number} [grace] - seconds past the end of the block
   * @throws {import("../refused.js").Refused}
   */
  async mayEnter({ role, day, issuingKey }, grace = TOLERANCE_SECONDS) {
    if (!day || !issuingKey) return // a person: her credential says nothing that time or a list could take back
    await this.#notRevoked(day.key, issuingKey)
    need(role === "probe" ? this.line === "probe" : day.lines.includes(this.line), "other-line")
    const begun = this.#moments().filter((moment) => moment >= day.start - TOLERANCE_SECONDS)
    need(begun.length > 0, "not-yet-valid")
    need(begun.some((moment) => moment <= day.end + grace), "expired")
  }

  /** @param {Uint8Array} key @param {Uint8Array} issuingKey */
  async #notRevoked(key, issuingKey) {
    const lists = [this.#byRoot, this.#byIssuing].filter((list) => list !== undefined)
    need(lists.length > 0, "no-revocation-list")
    const [day, issuing] = [await hashOf(this.suite, key), await hashOf(this.suite, issuingKey)]
    need(!this.#byIssuing?.revoked.has(issuing), "list-not-by-root") // only the root revokes issuing keys: such a list counts for nothing
    need(!this.#byRoot?.revoked.has(issuing) && !lists.some((list) => list.revoked.has(day)), "revoked")
  }
}
