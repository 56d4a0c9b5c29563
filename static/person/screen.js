import { Composer } from "./composer.js"
import { Connection } from "./connection.js"
import { Consent } from "./consent.js"
import { named, partOf } from "./find.js"
import { Log } from "./log.js"
import { Waiting } from "./waiting.js"

/** What the line under the box says of the other side. */
const WITH_HER = /** @type {const} */ (["passing", "slow", "peer"])

/** The parts of the page that a visit writes to, and the one question they share: may words go out now? */
export class Screen {
  #framed = false
  /** Something of an earlier conversation stands above. */ #parted = false
  /** The way to somebody else, while the one who answers is away. */ #another = partOf("another")
  /** @type {() => boolean} */
  #canSay = () => false

  /**
   * @param {import("./first.js").Page} page
   * @param {(words: string) => Promise<boolean>} say
   */
  constructor({ facts, words, panes, closed }, say) {
    this.facts = facts
    this.words = words
    this.panes = panes
    this.closed = closed
    this.log = new Log(named("log"))
    this.members = named("members")
    this.composer = new Composer(say)
    this.composer.offerTools((key) => words.text(key))
    this.connection = new Connection(named("connection"))
    this.consent = new Consent()
    this.waiting = new Waiting(words)
  }

  /** Whether she has seen the frame. It is shown once. */
  get framed() {
    return this.#framed
  }

  set framed(framed) {
    this.#framed = framed
    if (framed) this.panes.hide("frame")
    this.refresh()
  }

  /** The waiting room; her words stay in the page. @param {boolean} [head] - she was with somebody already */
  wait(head) {
    this.#canSay = () => false
    this.refresh()
    this.waiting.begin(head)
    this.words.write(this.composer.hint, "wait.write")
    this.connection.tell("hint", this.words.text("wait.write.stays"))
    this.#show("waiting")
  }

  /** Somebody is here. @param {() => boolean} canSay */
  talk(canSay) {
    this.#canSay = canSay
    this.words.write(this.composer.hint, "chat.box")
    this.connection.tell("hint", this.words.text("chat.unsent"))
    this.#show("talk")
    this.refresh()
    if (this.#parted) this.log.follow()
  }

  /** Somebody else may be waited for. @param {boolean} offered */
  offerAnother(offered) {
    this.#another.hidden = !offered
    if (offered) this.log.follow()
  }

  /** One conversation is over, another one begins: what was said stays on her screen, and nowhere else. @param {string[]} unheld @param {boolean} head - she is first now */
  part(unheld, head) {
    this.consent.withdraw()
    for (const state of WITH_HER) this.connection.tell(state)
    this.composer.giveBack(unheld.join("\n"))
    this.#parted = true
    this.log.parted(this.words.text("lost.line"))
    this.wait(head)
  }

  refresh() {
    this.composer.open = this.#framed && this.#canSay()
  }

  /** Nothing of the visit stays on the screen. @param {import("./closed.js").Ending} [ending] - none: she has left */
  clear(ending) {
    this.#canSay = () => false
    this.#parted = false
    this.refresh()
    this.consent.withdraw()
    this.log.clear()
    this.members.replaceChildren()
    for (const state of /** @type {const} */ (["network", ...WITH_HER])) this.connection.tell(state)
    if (!ending?.keepWords) this.composer.clear()
    if (ending) this.closed.show(ending)
  }

  /** @param {string} state */
  #show(state) {
    const frame = this.#framed ? [] : ["frame"]
    this.panes.show(state, ...frame, "composer", ...(state === "waiting" ? ["meanwhile"] : []))
  }
}
