import { all, named, partOf } from "./find.js"

/** @type {Record<string, string>} */
const PLACES = { next: "wait.next", few: "wait.place.few", several: "wait.place.several" }
/** @type {Record<string, string>} */
const WAITS = { soon: "wait.time.soon", 10: "wait.time.ten", 20: "wait.time.twenty", 30: "wait.time.more", unknown: "wait.time.unknown" }

/** Her place, told in bands: no number, no countdown, and nothing said twice. */
export class Waiting {
  #words
  #offered = false
  /** Whom she waits for comes after somebody who could not come back. */
  #head = false

  /** @param {import("./words.js").Words} words */
  constructor(words) {
    this.#words = words
  }

  /** @param {boolean} [head] - she was with somebody already, and is first now */
  begin(head = false) {
    this.#offered = false
    this.#head = head
    this.#words.write(partOf("waiting-title"), "wait.opening")
  }

  /** @param {{place?: unknown, wait?: unknown, offered?: unknown}} told */
  show({ place, wait, offered }) {
    const missed = this.#offered && !offered
    this.#offered = Boolean(offered)
    this.#words.write(partOf("waiting-title"), "wait.title")
    const next = this.#head ? "lost.coming" : (PLACES[String(place)] ?? "wait.next")
    const band = [next, WAITS[String(wait)] ?? "wait.time.unknown"]
    this.#say(offered ? ["offer.asking"] : missed ? ["wait.missed", band[1]] : band)
  }

  /** A Welcome is being checked. */
  coming() {
    this.#say(["offer.accepted"])
  }

  /** Whom she wishes for now. @param {string} wish */
  wished(wish) {
    for (const choice of all("[data-switch]")) choice.ariaPressed = String(choice.dataset.switch === wish)
  }

  /** @param {string[]} keys */
  #say(keys) {
    const said = keys.map((key) => this.#words.text(key)).join(" ")
    if (named("place").textContent !== said) named("place").textContent = said
  }
}
