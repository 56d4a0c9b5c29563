/** The first part: read, leave, write. Nothing here needs the network; the conversation's part comes after. */
import { part } from "../shared/part.js"
import { Closed } from "./closed.js"
import { Exit } from "./exit.js"
import { readFacts } from "./facts.js"
import { all, button, named, partOf } from "./find.js"
import { isSamePage, readKept, wipeKept } from "./kept.js"
import { offerLanguages } from "./language.js"
import { Panes } from "./panes.js"
import { Presses } from "./presses.js"
import { Words } from "./words.js"

const facts = readFacts()
const words = new Words(facts.texts[facts.language])
const panes = new Panes(/** @type {HTMLElement} */ (document.getElementById("content")))
const exit = new Exit(window, {
  neutral: facts.site.neutral,
  title: () => words.text("app.title.exit"),
  told: () => words.text("exit.announce"),
})

/** @typedef {{facts: typeof facts, words: Words, panes: Panes, closed: Closed}} Page */
const page = { facts, words, panes, closed: new Closed({ facts, words, panes }) }

const presses = new Presses()
addEventListener("keydown", ({ key }) => presses.down(key), true)
addEventListener(
  "keyup",
  (event) => {
    const missing = presses.up(event.key, event.timeStamp)
    if (missing === 0) exit.leave(event)
    else if (missing < 3) partOf("told").textContent = words.text(missing === 1 ? "exit.shift.one" : "exit.shift.other", { n: missing })
  },
  true,
)
named("exit").addEventListener("click", (event) => exit.leave(event))

// What stands on the screen is not in the picture that a phone keeps of its open pages.
document.addEventListener("visibilitychange", () => document.documentElement.classList.toggle("away", document.hidden))
// A page taken back out of the browser's memory would show her words to whoever presses Back.
addEventListener("pageshow", ({ persisted }) => persisted && exit.leave())
for (const inside of all('a[href^="#"]')) {
  inside.addEventListener("click", (event) => {
    event.preventDefault() // a hash would be one more entry in the history
    document.getElementById(inside.getAttribute("href")?.slice(1) ?? "")?.focus()
  })
}
offerLanguages(page)

/** @type {Promise<import("./talk.js").Talk | undefined>} */
const loading = part("./talk.js").then(
  ({ Talk }) => {
    const talk = new Talk(page)
    exit.beforeLeaving(() => talk.forget())
    addEventListener("pagehide", () => talk.going())
    return talk
  },
  () => undefined, // it is not the part that this page was made with, or the network is gone
)

/** @param {(talk: import("./talk.js").Talk) => void} begin */
async function withTalk(begin) {
  panes.show("waiting", "frame", "composer", "meanwhile")
  const talk = await loading
  if (talk) begin(talk)
  else page.closed.show({ title: navigator.onLine ? "error.old" : "error.network" })
}

/** Choose again; a page that could not load its second part has to be loaded anew, in the same entry of the history. */
async function again() {
  if (await loading) panes.show("wish")
  else location.reload()
}

for (const choice of all("[data-wish]")) {
  // The second tap of a hand in a hurry lands on whatever has just come up there: it must not choose for her.
  choice.addEventListener("click", ({ detail }) => detail < 2 && withTalk((talk) => talk.wait(choice.dataset.wish ?? "")))
}
button("write-now").addEventListener("click", () => panes.show("wish"))
button("write-again").addEventListener("click", again)
button("write-now").disabled = false

// The same tab loaded again goes on where it was; whatever else opens this page finds nothing.
const kept = isSamePage() ? readKept() : wipeKept()
if (kept) withTalk((talk) => talk.comeBack(kept))
