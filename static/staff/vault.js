/**
 * Where this device keeps the private halves of its day keys: in IndexedDB, sealed by a key that this browser holds and
 * that no script can read out.
 */

/** @typedef {{day: string, publicKey: Uint8Array, signKey: Uint8Array}} DayKey */
/** @typedef {{staff: string, day: string, publicKey: Uint8Array, nonce: Uint8Array, sealed: ArrayBuffer}} Kept */

const NAME = "desk"
const VERSION = 1
const KEYS = "seal"
const DAYS = "days"

/** @template Result @param {IDBRequest<Result>} request @returns {Promise<Result>} */
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  const opening = indexedDB.open(NAME, VERSION)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(KEYS)
    opening.result.createObjectStore(DAYS, { keyPath: ["staff", "day"] })
  }
  return done(opening)
}

/** @param {IDBDatabase} database @returns {Promise<CryptoKey>} */
async function sealingKey(database) {
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])
  const store = database.transaction(KEYS, "readwrite").objectStore(KEYS)
  const kept = await done(store.get(NAME))
  if (kept) return kept
  await done(store.put(fresh, NAME))
  return fresh
}

/** What a sealed half belongs to: it opens nowhere else. @param {string} staff @param {string} day */
const belonging = (staff, day) => new TextEncoder().encode(`${staff} ${day}`)

export class Vault {
  /** @param {string} staff @param {IDBDatabase} database @param {CryptoKey} key */
  constructor(staff, database, key) {
    this.staff = staff
    this.database = database
    this.key = key
  }

  /** @param {string} staff - whose keys; others who use this browser have their own */
  static async open(staff) {
    const database = await openDatabase()
    return new Vault(staff, database, await sealingKey(database))
  }

  /** @param {DayKey} key */
  async put({ day, publicKey, signKey }) {
    const nonce = crypto.getRandomValues(new Uint8Array(12))
    const how = { name: "AES-GCM", iv: nonce, additionalData: belonging(this.staff, day) }
    const sealed = await crypto.subtle.encrypt(how, this.key, new Uint8Array(signKey))
    await done(this.#days("readwrite").put({ staff: this.staff, day, publicKey, nonce, sealed }))
  }

  /** All keys from a day on; older ones are deleted. @param {string} from @returns {Promise<DayKey[]>} */
  async from(from) {
    await done(this.#days("readwrite").delete(IDBKeyRange.bound([this.staff, ""], [this.staff, from], false, true)))
    /** @type {Kept[]} */
    const kept = await done(this.#days("readonly").getAll(IDBKeyRange.bound([this.staff, from], [this.staff, "~"])))
    return Promise.all(kept.map((key) => this.#opened(key)))
  }

  /** @param {Kept} kept @returns {Promise<DayKey>} */
  async #opened({ day, publicKey, nonce, sealed }) {
    const how = { name: "AES-GCM", iv: new Uint8Array(nonce), additionalData: belonging(this.staff, day) }
    return { day, publicKey, signKey: new Uint8Array(await crypto.subtle.decrypt(how, this.key, sealed)) }
  }

  /** @param {IDBTransactionMode} mode */
  #days(mode) {
    return this.database.transaction(DAYS, mode).objectStore(DAYS)
  }
}
