/** The day keys of this device: made here for the coming days, certified by the organisation, one of them for today. */
import { from64, hex, to64 } from "../shared/bytes.js"
import { readCredential } from "../shared/credential/chain.js"
import { dayOf, daysAhead, keyFor } from "./days.js"

/**
 * @typedef {import("../shared/suite/suite.js").Suite} Suite
 * @typedef {import("./vault.js").DayKey} DayKey
 * @typedef {{day: string, key: string, certificate: string}} Certified - base64, as the server tells it
 * @typedef {{certificates: Certified[]}} Answer
 * @typedef {{identity: Uint8Array, signer: {publicKey: Uint8Array, signKey: Uint8Array}, block: import("./days.js").Block}} Key
 * @typedef {{from: (day: string) => Promise<DayKey[]>, put: (key: DayKey) => Promise<void>}} Keeping
 * @typedef {{get: () => Promise<Answer>, hand: (keys: Record<string, string>) => Promise<Answer>}} Office
 */

const YESTERDAY_SECONDS = 86400

export class DayKeys {
  /** @type {Key[]} */ #certified = []

  /**
   * @param {object} given
   * @param {Suite} given.suite
   * @param {{key: Uint8Array, demo: boolean}} given.root
   * @param {Keeping} given.vault
   * @param {Office} given.office - where public halves are handed in and certificates fetched
   * @param {() => number} given.now - seconds since 1970, by the server
   */
  constructor({ suite, root, vault, office, now }) {
    this.suite = suite
    this.root = root
    this.vault = vault
    this.office = office
    this.now = now
    /** @type {string | undefined} why a certificate was not accepted */
    this.refused = undefined
  }

  /** Make what is missing, hand it in, fetch what is signed. May be called again, and is, every day. */
  async prepare() {
    const held = await this.#held()
    const { certificates } = await this.office.get()
    const known = new Set(certificates.map(({ key }) => key))
    const waiting = held.filter(({ publicKey }) => !known.has(to64(publicKey)))
    const answer = waiting.length ? await this.office.hand(asRequest(waiting)) : { certificates }
    await this.#take(held, answer.certificates)
  }

  /** The key to answer with at this moment, if the organisation has signed one. */
  today() {
    return keyFor(this.#certified, this.now())
  }

  /** One key for each day from today on, made where there was none. @returns {Promise<DayKey[]>} */
  async #held() {
    const days = daysAhead(this.now())
    const kept = new Map((await this.vault.from(dayOf(this.now() - YESTERDAY_SECONDS))).map((key) => [key.day, key]))
    for (const day of days.filter((day) => !kept.has(day))) {
      const { publicKey, signKey } = await this.suite.signature.keygen()
      kept.set(day, { day, publicKey, signKey })
      await this.vault.put({ day, publicKey, signKey })
    }
    return [...kept.values()].filter(({ day }) => days.includes(day))
  }

  /** Our own certificates are judged as her page will judge them. @param {DayKey[]} held @param {Certified[]} certificates */
  async #take(held, certificates) {
    const mine = new Map(held.map((key) => [hex(key.publicKey), key]))
    this.#certified = []
    this.refused = undefined
    for (const { key, certificate } of certificates) {
      const signer = mine.get(hex(from64(key)))
      if (!signer) continue // another device's
      const identity = from64(certificate)
      try {
        const { day } = await readCredential(this.suite, this.root, identity, signer.publicKey)
        if (day) this.#certified.push({ identity, signer, block: day })
      } catch (error) {
        this.refused = error instanceof Error && "code" in error ? String(error.code) : "credential-malformed"
      }
    }
  }
}

/** @param {DayKey[]} keys @returns {Record<string, string>} */
const asRequest = (keys) => Object.fromEntries(keys.map(({ day, publicKey }) => [day, to64(publicKey)]))
