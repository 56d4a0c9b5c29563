/** A conversation on the desk: who is here, what is said, the box to write in. Words stand here and nowhere else. */
import { h } from "./dom.js"
import { fits } from "./talk.js"

/**
 * @typedef {import("./dom.js").Dresser} Dresser
 * @typedef {import("./talk.js").Message} Message
 * @typedef {import("./talk.js").Members} Members
 * @typedef {{say: (words: string) => Message, end: () => void}} Speaker
 */

const SECONDS_TO_STAY = 3
const NEAR_BOTTOM_PIXELS = 48
const MINUTE_MILLISECONDS = 60000

/** What a message of no words says, by its kind; other kinds are quiet or unknown. */
const SAID = new Map([["consent", "pane.yes"], ["presence", "pane.moment"]])
const QUIET = new Set(["typing", "ask"])

export class Pane {
  /** @type {Map<Message, HTMLElement>} */ #marks = new Map()
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #ending
  #over = false
  #unread = 0
  /** The last words are in sight, and stay so when others come. */
  #follows = true
  #isReached = true
  /** @type {number | undefined} when her connection was lost, in steady milliseconds */ #lostAt
  /** @type {HTMLElement | undefined} under the last of our words that has arrived */ #arrived

  /**
   * @param {object} given
   * @param {string} given.name - A, B
   * @param {string} given.language
   * @param {Dresser} given.dresser
   * @param {() => boolean} given.isSeen - whether whoever sits here can see the pane now
   * @param {() => void} given.changed - unread or over
   * @param {() => void} given.dismissed
   */
  constructor({ name, language, dresser, isSeen, changed, dismissed }) {
    this.name = name
    this.dresser = dresser
    this.isSeen = isSeen
    this.changed = changed
    this.dismissed = dismissed
    /** @type {Speaker | undefined} */
    this.speaker = undefined
    const t = (/** @type {HTMLElement} */ element, /** @type {string} */ key) => dresser.text(element, key, { name })
    this.cue = h("span", { class: "unread", hidden: true })
    this.end = dresser.name(t(h("button", { class: "button", type: "button", "data-test": "end" }), "pane.end"), "pane.end.aria", { name })
    this.members = dresser.name(h("ul", { class: "here", "data-test": "members" }), "pane.members")
    this.log = dresser.name(h("div", { class: "log", role: "log", tabindex: "0", "data-test": "log" }), "pane.title", { name })
    this.box = dresser.name(h("textarea", { class: "field", rows: "3", autocomplete: "off", spellcheck: "false", translate: "no", dir: "auto", "data-test": "composer" }), "pane.message", { name })
    this.send = t(h("button", { class: "button first", type: "button", "data-test": "send" }), "pane.send")
    this.line = h("span", { role: "status" })
    this.since = h("span", { class: "soft" })
    this.strip = h("p", { class: "small strip", hidden: true, "data-test": "strip" }, this.line, " ", this.since)
    this.below = t(h("button", { class: "button below", type: "button", hidden: true, "data-test": "below" }), "pane.below")
    this.note = h("p", { class: "small note", role: "status", hidden: true })
    this.foot = h("footer", {}, this.note, h("div", { class: "write" }, this.box, this.send), t(h("p", { class: "soft small hint" }), "pane.hint"))
    const title = h("div", { class: "title" }, t(h("h2"), "pane.title"), dresser.called(h("span", { class: "small soft" }), "language", language), this.cue)
    this.element = h("section", { class: "pane", "data-test": "conversation" },
      h("header", {}, h("div", { class: "row" }, title, this.end), this.members, this.strip),
      this.log, this.below, this.foot)
    dresser.name(this.element, "pane.title", { name })
    this.#listen()
  }

  #listen() {
    this.end.addEventListener("click", () => this.#over ? this.dismissed() : this.#ask())
    this.send.addEventListener("click", () => this.#send())
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return
      event.preventDefault()
      this.#send()
    })
    for (const event of ["focusin", "pointerdown"]) this.element.addEventListener(event, () => this.seen())
    this.log.addEventListener("scroll", () => {
      this.#follows = this.#isAtBottom()
      if (this.#follows) this.below.hidden = true
      if (this.#follows && this.isSeen()) this.seen()
    })
    this.below.addEventListener("click", () => {
      this.#toBottom()
      this.below.hidden = true
      this.box.focus()
    })
    new ResizeObserver(() => this.#follows && this.#toBottom()).observe(this.log)
  }

  get unread() {
    return this.#unread
  }

  get isOver() {
    return this.#over
  }

  /** @param {Members} members - from the tree */
  here(members) {
    this.members.replaceChildren(...members.map((member) => this.#member(member)))
  }

  /** @param {Members[number]} member */
  #member({ role, alias, me }) {
    const { words } = this.dresser
    if (me) return this.dresser.text(h("li", { class: "thread answers" }), "pane.you")
    if (role === "person") return this.dresser.text(h("li", { class: "thread her" }), "pane.person")
    if (role === "gateway") return this.dresser.text(h("li", { class: "thread her" }), "role.gateway")
    return this.dresser.text(h("li", { class: "thread joins", dir: "auto" }), "pane.member", { alias, role: words.say(`role.${role}`) })
  }

  /** Her page's connection; it never says that she has left. @param {string} state */
  peer(state) {
    if (state === "lost") this.#lostAt ??= performance.now()
    else if (this.#lostAt !== undefined) {
      this.#lostAt = undefined
      this.tell("pane.peer.here")
    }
    this.#showStrip()
  }

  /** The desk's own connection. @param {boolean} is */
  reach(is) {
    this.#isReached = is
    this.#showStrip()
  }

  /** Called every second. */
  tick() {
    if (this.#lostAt === undefined || !this.#isReached) return
    const minutes = String(Math.floor((performance.now() - this.#lostAt) / MINUTE_MILLISECONDS))
    if (minutes !== this.since.dataset.minutes) this.dresser.text(this.since, "pane.peer.since", { minutes })
    this.since.dataset.minutes = minutes
  }

  /** Of two lost connections our own comes first: while it lasts nothing is known of hers. */
  #showStrip() {
    const key = this.#isReached ? (this.#lostAt === undefined ? undefined : "pane.peer.lost") : "pane.lost"
    this.strip.hidden = key === undefined
    delete this.since.dataset.minutes
    this.dresser.clear(this.since)
    if (key === undefined) this.dresser.clear(this.line)
    else if (this.line.dataset.t !== key) this.dresser.text(this.line, key)
    this.tick()
  }

  /** What happens, told once. @param {string} key @param {Record<string, string>} [slots] */
  tell(key, slots = {}) {
    this.#add(h("div", { class: "event" }, this.dresser.text(h("p"), key, slots)))
  }

  /** @param {string | undefined} alias - a colleague's; undefined for the person @param {string} kind @param {string} words */
  said(alias, kind, words) {
    if (QUIET.has(kind)) return
    if (kind !== "text") return this.tell(SAID.get(kind) ?? "pane.other")
    const who = h("span", { class: "who", dir: "auto" })
    if (alias === undefined) this.dresser.text(who, "pane.person")
    else who.textContent = alias
    this.#add(h("div", { class: alias === undefined ? "said her" : "said joins" }, who, h("p", { dir: "auto" }, words)))
    this.below.hidden = this.#follows
    if (this.isSeen() && this.#follows && this.element.contains(document.activeElement)) return
    this.#unread += 1
    this.#cue()
  }

  /** @param {Message} message */
  mark(message) {
    const mark = this.#marks.get(message)
    if (!mark) return
    this.dresser.text(mark, `pane.state.${message.state}`)
    if (message.state !== "arrived") return
    this.#marks.delete(message)
    this.#arrived?.remove() // said once, under the last one: what stands before it has arrived too
    this.#arrived = mark
  }

  /** Whoever sits here has seen it. */
  seen() {
    if (!this.#unread) return
    this.#unread = 0
    this.#cue()
  }

  /** Something to know while writing, until it is over. @param {string | undefined} key */
  remark(key) {
    this.note.hidden = key === undefined
    if (key) this.dresser.text(this.note, key)
  }

  /** It is over: every word goes, the pane stays until it is put away. @param {string} why @param {string} [code] */
  over(why, code) {
    clearTimeout(this.#ending)
    const wasHere = this.element.contains(document.activeElement)
    this.#over = true
    this.#unread = 0
    this.#marks.clear()
    this.speaker = undefined
    this.box.value = ""
    this.members.replaceChildren()
    this.element.classList.add("over")
    for (const part of [this.foot, this.strip, this.below]) part.remove()
    const said = h("div", { class: why === "unsafe" || why === "never" ? "look" : "stack", role: "status", tabindex: "-1", "data-test": "over" },
      this.dresser.text(h("p"), `ended.${why}`), this.dresser.text(h("p", { class: "soft" }), "ended.wiped"))
    if (code) said.append(this.dresser.text(h("p", { class: "small" }), "error.code", { code }))
    this.log.replaceChildren(said)
    this.dresser.unname(this.dresser.text(this.end, "pane.dismiss"))
    if (wasHere) said.focus() // or the keyboard would be nowhere
    this.#cue()
  }

  #send() {
    const words = this.box.value.trim()
    if (!words || !this.speaker) return
    if (!fits(words)) return this.remark("pane.long")
    this.remark(undefined)
    this.box.value = ""
    const message = this.speaker.say(words)
    const mark = this.dresser.text(h("span", { class: "mark soft" }), `pane.state.${message.state}`)
    this.#marks.set(message, mark)
    const who = this.dresser.text(h("span", { class: "who" }), "pane.you")
    this.#add(h("div", { class: "said mine" }, who, h("p", { dir: "auto" }, words), mark), true)
    this.box.focus()
    this.seen()
  }

  /** A hand that slipped has a moment to stay. */
  #ask() {
    if (this.#ending) return
    const stay = this.dresser.text(h("button", { class: "button", type: "button" }), "pane.ending.no")
    const asking = h("div", { class: "ending row", role: "status" }, this.dresser.text(h("p"), "pane.ending"), stay)
    const stop = () => {
      clearTimeout(this.#ending)
      this.#ending = undefined
      asking.remove()
    }
    stay.addEventListener("click", stop)
    this.foot.prepend(asking)
    this.#ending = setTimeout(() => {
      stop()
      this.speaker?.end()
    }, SECONDS_TO_STAY * 1000)
  }

  /** @param {HTMLElement} element @param {boolean} [follow] */
  #add(element, follow = false) {
    this.#follows ||= follow
    this.log.append(element)
    if (this.#follows) this.#toBottom()
  }

  #toBottom() {
    this.log.scrollTop = this.log.scrollHeight
  }

  #isAtBottom() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_BOTTOM_PIXELS
  }

  #cue() {
    this.cue.hidden = this.#unread === 0
    this.dresser.text(this.cue, "pane.unread", { count: this.#unread })
    this.changed()
  }
}
