/** The desk: says who is ready, takes what comes in, keeps conversations in this page's memory alone. */
import { io } from "socket.io-client"
import { Alarms } from "./alarms.js"
import { Answering } from "./answering.js"
import { pageClock } from "./clock.js"
import { Connection, FINAL } from "./connection.js"
import { Dresser, find, h } from "./dom.js"
import { askForDesk } from "./elsewhere.js"
import { readFacts } from "./facts.js"
import { Leaving } from "./leaving.js"
import { office } from "./office.js"
import { Offers } from "./offers.js"
import { PASSING } from "./outbox.js"
import { Panes } from "./panes.js"
import { Presence } from "./presence.js"
import { Readiness } from "./readiness.js"
import { Tabs } from "./tabs.js"
import { Words } from "./words.js"

const VERSION = 1
const AGAIN_MILLISECONDS = 1000
/** Half of it to one and a half times as much, by chance: desks that were cut off together do not come back together. */
const RECONNECT = { reconnectionDelay: 600, reconnectionDelayMax: 3000, randomizationFactor: 0.5, timeout: 10000 }
const WITH_LINK = new Set(["not_signed_in"])
const NET = new Set(["connecting", "here", "lost", "there", "elsewhere", "not_signed_in", "shutting_down"])

const facts = readFacts(document)
const words = new Words(facts.texts, facts.language)
const dresser = new Dresser(words)
const clock = pageClock(facts.minute)
const bureau = office(facts.csrf)
const title = document.title

/** A quiet cue for whoever has another tab in front: a number before the title. */
function count() {
  const waiting = panes.unread + (offers.isOpen ? 1 : 0)
  document.title = waiting ? `(${waiting}) ${title}` : title
}

/** @param {string} key @param {string} [code] */
function tellKeys(key, code) {
  const place = find("[data-part=keys]")
  dresser.text(place, key)
  place.classList.toggle("look", key !== "keys.ready" && key !== "keys.making")
  if (code) place.append(" ", dresser.text(h("span"), "error.code", { code }))
  presence.allow(key === "keys.ready")
}

/** @param {string} state */
function tellNet(state) {
  const place = find("[data-part=net]")
  dresser.text(place, NET.has(state) ? `net.${state}` : "net.refused")
  place.classList.toggle("look", state !== "here")
  if (WITH_LINK.has(state)) place.append(" ", dresser.text(h("a", { href: "/sign-in" }), "net.again"))
  document.body.dataset.net = state
}

async function hello() {
  await answering.settled()
  const answer = await connection.ask("hello", { holding: answering.holding })
  if (!answer.ok && PASSING.has(String(answer.code))) {
    await new Promise((done) => setTimeout(done, AGAIN_MILLISECONDS))
    return hello()
  }
  if (!answer.ok) return tellNet(String(answer.code))
  presence.show(/** @type {any} */ (answer))
  answering.resume(/** @type {string[]} */ (answer.conversations))
  if (answer.state === "on_duty" && !readiness.today()) connection.say("presence", { state: "off_duty" })
}

const panes = new Panes({ dresser, changed: () => count() })
const presence = new Presence({ dresser, declare: (state) => connection.ask("presence", { state }) })
const readiness = new Readiness({ root: facts.root, staff: facts.me.staff, office: bureau, clock, tell: tellKeys })
const answering = new Answering({ facts, clock, readiness, panes, connection: () => connection })
const alarms = new Alarms({ place: find("[data-part=alarms]"), dresser })
const offers = new Offers({
  place: find("[data-part=offers]"),
  dresser,
  accept: (offer) => answering.accept(offer),
  decline: (offer) => connection.say("decline", { offer }),
  changed: () => count(),
})
const socket = io({ transports: ["websocket"], auth: { v: VERSION }, autoConnect: false, ...RECONNECT })
const connection = new Connection(socket, {
  state: (state) => {
    if (state !== "here") offers.withdraw()
    presence.reach(state === "here")
    if (FINAL.has(state)) answering.closeAll(state === "elsewhere" ? "elsewhere" : "out")
    answering.reach(state === "here")
    tellNet(state)
  },
  opened: hello,
  events: {
    ...answering.events,
    presence: (view) => presence.show(view),
    offer: (offer) => offers.show(offer),
    withdrawn: ({ offer }) => offers.withdraw(offer),
    alarm: (alarm) => alarms.show(alarm),
  },
})

new Leaving({ dresser, live: () => panes.live, end: () => answering.endAll() })
find("[data-part=tongues]").addEventListener("submit", (event) => {
  event.preventDefault() // leaving the page would end the conversation in it
  const chosen = /** @type {SubmitEvent} */ (event).submitter
  if (!(chosen instanceof HTMLButtonElement)) return
  words.language = chosen.value
  dresser.again(document)
  for (const button of find("[data-part=tongues]").querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === chosen))
  bureau.speak(chosen.value).catch(() => {}) // it is changed here all the same
})
setInterval(() => {
  readiness.tick()
  answering.tick()
  connection.tick()
}, 1000)
addEventListener("online", () => connection.look())
document.addEventListener("visibilitychange", () => document.hidden || connection.look())
await readiness.tick()
const tabs = new Tabs({ channel: new BroadcastChannel("desk"), staff: facts.me.staff, holds: () => panes.live })
if (await tabs.othersHold()) {
  tellNet("there")
  await askForDesk({ place: find("[data-part=panes]"), dresser })
  tellNet("connecting")
}
connection.open()
