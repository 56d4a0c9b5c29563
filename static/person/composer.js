import { all, button, named, partOf } from "./find.js"

/** The box she writes in. Nothing leaves it but by her tap, and nothing is lost from it. */
export class Composer {
  #box = /** @type {HTMLTextAreaElement} */ (named("composer"))
  #send = button("send")
  #tools = partOf("tools")
  #say
  /** What the box is for, above it. */
  hint = partOf("hint")

  /** @param {(words: string) => Promise<boolean>} say - whether the words could be sealed and are on their way */
  constructor(say) {
    this.#say = say
    this.#send.addEventListener("click", () => this.#submit())
  }

  /** One tap says a ready sentence. @param {(key: string) => string} wordsOf */
  offerTools(wordsOf) {
    for (const tool of all("[data-say]")) tool.addEventListener("click", () => this.#say(wordsOf(tool.dataset.say ?? "")))
  }

  /** Whether words may go out now: somebody has been checked and is here, and she has seen the frame. @param {boolean} open */
  set open(open) {
    this.#send.disabled = !open
    this.#tools.hidden = !open
  }

  /** Nothing of what she wrote stays, not even for the browser's own memory of fields. */
  clear() {
    this.#box.value = ""
  }

  /** Words that went nowhere come back, before what she has written since. @param {string} words */
  giveBack(words) {
    this.#box.value = [words, this.#box.value].filter(Boolean).join("\n")
  }

  async #submit() {
    const words = this.#box.value.trim()
    if (!words) return
    this.clear()
    this.#box.focus()
    if (!(await this.#say(words))) this.giveBack(words)
  }
}
