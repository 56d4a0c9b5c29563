import { cat, from64, to64, utf8 } from "../shared/bytes.js"
import { pack, unpack } from "../shared/plain.js"
import { randomBytes } from "../shared/suite/random.js"
import { wipeKept, writeKept } from "./kept.js"

const HALF_BYTES = 32
const IV_BYTES = 12
const INFO = utf8("this page, loaded again")

/** @param {Uint8Array} bytes @returns {Uint8Array<ArrayBuffer>} WebCrypto's types ask for it, and ours always are */
const own = (bytes) => /** @type {Uint8Array<ArrayBuffer>} */ (bytes)

/** @param {Uint8Array} page @param {Uint8Array} server - two halves: neither opens anything alone */
async function keyOf(page, server) {
  const both = await crypto.subtle.importKey("raw", own(cat(page, server)), "HKDF", false, ["deriveKey"])
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(HALF_BYTES), info: own(INFO) }
  return crypto.subtle.deriveKey(how, both, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])
}

/**
 * What a page that is loaded again needs to go on: written down before anything leaves that depends on it.
 *
 * While she waits, only the token of her place: her keys are made anew then. A private key beside nothing but a half that
 * lies next to it would let whoever reads the device open a recorded Welcome, and with it all that follows.
 */
export class Keep {
  /** @type {import("./kept.js").Kept} */ #kept = { token: "", wish: 0, framed: false }
  /** @type {(() => Promise<object>) | undefined} */ #source
  /** @type {{key: CryptoKey, half: string} | undefined} */ #lock
  /** @type {Promise<void>} */ #locking = Promise.resolve()
  /** @type {Promise<void>} */ #writing = Promise.resolve()
  /** @type {Promise<void> | undefined} */ #next
  #wanted

  /** @param {boolean} wanted - false: leave no trace */
  constructor(wanted) {
    this.#wanted = wanted
  }

  /** Whether anything may be kept. It can be changed at any time, and what is there goes at once. */
  get wanted() {
    return this.#wanted
  }

  set wanted(wanted) {
    this.#wanted = wanted
    if (wanted) this.#write()
    else this.#unlock()
  }

  /** What may stand in clear. @param {Partial<import("./kept.js").Kept>} news */
  note(news) {
    Object.assign(this.#kept, news)
    this.#write()
  }

  /** She talks from here on: what this gives is what has to be written down. @param {() => Promise<object>} source */
  from(source) {
    this.#source = source
  }

  /**
   * Seal under a new key from now on. Whoever waits for something to be written waits for this.
   *
   * @param {Promise<Uint8Array | undefined>} half - the server's; none: nothing can be kept
   * @returns {Promise<void>} when what there is by then is written
   */
  lock(half) {
    this.#locking = half.then((server) => this.#use(server)).catch(() => this.#unlock())
    return this.keep()
  }

  /** When what there is by now is written down, or is not to be. @returns {Promise<void>} */
  keep() {
    this.#next ??= Promise.all([this.#writing, this.#locking]).then(() => {
      this.#next = undefined
      this.#writing = this.#seal().catch(() => this.#unlock()) // what cannot be kept is not kept as it was
      return this.#writing
    })
    return this.#next
  }

  /**
   * Open what a page before this one has sealed.
   *
   * @param {import("./kept.js").Kept} kept
   * @param {Uint8Array} server - its half
   * @returns {Promise<any>}
   */
  async open({ half = "", sealed = "" }, server) {
    const [iv, bytes] = [from64(sealed).slice(0, IV_BYTES), from64(sealed).slice(IV_BYTES)]
    const key = await keyOf(from64(half), server)
    return unpack(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, bytes)))
  }

  /** It is over: nothing is kept. */
  wipe() {
    this.#source = undefined
    this.#kept = { token: "", wish: 0, framed: false }
    this.#unlock()
  }

  /** @param {Uint8Array | undefined} server */
  async #use(server) {
    if (!server || !this.#wanted) return this.#unlock()
    const half = randomBytes(HALF_BYTES)
    const key = await keyOf(half, server)
    if (this.#wanted && this.#source) this.#lock = { key, half: to64(half) }
  }

  #unlock() {
    this.#lock = undefined
    delete this.#kept.sealed
    wipeKept()
  }

  /** What stands in clear, beside what is sealed already: never the one without the other. */
  #write() {
    if (this.#wanted && this.#kept.token && (!this.#source || this.#kept.sealed)) writeKept(this.#kept)
  }

  async #seal() {
    const lock = this.#lock
    if (!lock || !this.#source) return
    const iv = randomBytes(IV_BYTES)
    const bytes = utf8(pack(await this.#source()))
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: own(iv) }, lock.key, own(bytes))
    if (this.#lock !== lock) return // meanwhile it was wiped
    Object.assign(this.#kept, { half: lock.half, sealed: to64(cat(iv, new Uint8Array(sealed))) })
    this.#write()
  }
}
