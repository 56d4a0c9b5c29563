/** Whether this device can answer: its keys made and signed. Looked at again while they are not, and every day. */
import { chooseSuite } from "../shared/suite/choose.js"
import { Refused } from "../shared/refused.js"
import { DayKeys } from "./keys.js"
import { Vault } from "./vault.js"

const AGAIN_SECONDS = 60
const STILL_HERE_SECONDS = 600 // well inside the half hour after which a sign-in that nobody uses ends

export class Readiness {
  /** @type {DayKeys | undefined} */ #keys
  #nextAt = 0
  #busy = false

  /**
   * @param {object} given
   * @param {{key: Uint8Array, demo: boolean}} given.root
   * @param {string} given.staff
   * @param {import("./keys.js").Office} given.office
   * @param {{server: () => number, steady: () => number}} given.clock
   * @param {(key: string, code?: string) => void} given.tell - which sentence holds now
   */
  constructor({ root, staff, office, clock, tell }) {
    this.root = root
    this.staff = staff
    this.office = office
    this.clock = clock
    this.tell = tell
    /** @type {import("../shared/suite/suite.js").Suite | undefined} */
    this.suite = undefined
  }

  /** The key to answer with now. */
  today() {
    return this.#keys?.today()
  }

  /** Called every second. */
  async tick() {
    if (this.#busy || this.clock.steady() < this.#nextAt) return
    this.#busy = true
    try {
      await this.#look()
    } catch (error) {
      this.tell("keys.failed", error instanceof Error && "code" in error ? String(error.code) : undefined)
    } finally {
      this.#nextAt = this.clock.steady() + (this.today() ? STILL_HERE_SECONDS : AGAIN_SECONDS)
      this.#busy = false
    }
  }

  async #look() {
    const { root, office } = this
    this.suite ??= await chooseSuite()
    this.#keys ??= new DayKeys({ suite: this.suite, root, office, vault: await Vault.open(this.staff), now: this.clock.server })
    await this.#keys.prepare()
    if (this.today()) this.tell("keys.ready")
    else if (this.#keys.refused) this.tell("keys.refused", this.#keys.refused)
    else this.tell("keys.waiting")
  }

  /** What is needed to open a conversation. @throws {Refused} when there is no key for now */
  signer() {
    const key = this.today()
    if (!key || !this.suite) throw new Refused("no-day-key")
    return { suite: this.suite, ...key }
  }
}
