// Her page in a conversation, with a real desk on the other side and a screen that only notes what it shows.
import assert from "node:assert/strict"
import { afterEach, test } from "node:test"
import { Dialogue } from "../../static/person/dialogue.js"
import { from64 } from "../../static/shared/bytes.js"
import { Conversation } from "../../static/shared/mls/conversation.js"
import { addOf, commit as lyingCommit, loose } from "./liar.mjs"
import { clock, consented, scene, suite } from "./world.mjs"

globalThis.document = { createElement: () => ({}) }
const open = new Set()
afterEach(() => {
  for (const dialogue of open) dialogue.forget()
  open.clear()
})

const turns = () => new Promise((done) => setTimeout(done, 60))

/** Texts are their keys with what fills them, so that a test reads what is said and not how. */
const words = { text: (key, slots = {}) => [key, ...Object.values(slots)].join(" ") }

function screen() {
  const shown = { events: [], said: [], mine: [], arrived: [], states: new Map(), asked: [], refreshed: 0, members: [] }
  let answer = () => {}
  return {
    shown,
    answers: (yes) => answer(yes),
    words,
    log: {
      event: (text) => shown.events.push(text),
      pending: (text) => { shown.pending = text },
      said: (who, text, joins) => shown.said.push([who, text, joins]),
      mine: (_, text) => { shown.mine.push(text); return () => shown.arrived.push(text) },
    },
    connection: { tell: (state, text) => (text ? shown.states.set(state, text) : shown.states.delete(state)) },
    consent: {
      ask: (...question) => { shown.asked.push(question); return new Promise((done) => { answer = done }) },
      withdraw: () => shown.asked.push("withdrawn"),
    },
    members: { replaceChildren: (...threads) => { shown.members = threads.map(({ className, textContent }) => [className, textContent]) } },
    offerAnother: (offered) => { shown.another = offered },
    refresh: () => shown.refreshed++,
  }
}

/** @returns a talking page: `out` is all that leaves it, in order */
async function talking(made = scene()) {
  const s = await made
  const page = screen()
  const [out, over] = [[], []]
  const [gaps, calls] = [[], []]
  const link = { ask: async (event, payload) => { out.push([event, payload]); return { ok: true } } }
  const dialogue = new Dialogue(s.p, link, page, {
    over: (ending) => { over.push(ending); dialogue.forget() },
    kept: async () => {},
    gap: () => gaps.push("gap"),
    another: () => calls.push("another"),
  })
  dialogue.resume(0, 0)
  open.add(dialogue)
  let seq = 0
  const receives = async (bytes) => { dialogue.came(++seq, bytes); await dialogue.settled(); await turns() }
  const envelopes = () => out.filter(([event]) => event === "envelope").map(([, { bytes }]) => from64(bytes))
  return { ...s, ...page, dialogue, out, over, gaps, calls, receives, envelopes }
}

test("who is here is told from the tree, and that nobody else can read", async () => {
  const { shown } = await talking()
  assert.deepEqual(shown.members, [["thread her", "chat.you"], ["thread answers", "member.named Ana role.psychologist"]])
  assert.deepEqual(shown.events, ["joined.psychologist Ana", "joined.sealed Ana"])
})

test("what she says is read at the desk, and stands as arrived only when the desk holds it", async () => {
  const { dialogue, a, envelopes, shown } = await talking()
  assert.equal(await dialogue.say("il est sorti"), true)
  await turns()
  const read = await a.receive(envelopes()[0])
  assert.equal(new TextDecoder().decode(read.body), "il est sorti")
  assert.deepEqual(shown.arrived, [])
  dialogue.held(1)
  assert.deepEqual(shown.arrived, ["il est sorti"])
})

test("what is said to her is shown with its alias and acknowledged", async () => {
  const { a, receives, shown, out } = await talking()
  await receives(await a.send("text", "Bonsoir"))
  assert.deepEqual(shown.said, [["Ana", "Bonsoir", false]])
  assert.deepEqual(out, [["holds", { seq: 1 }]])
})

test("bytes that nobody here has signed change nothing, and the conversation goes on", async () => {
  const { a, receives, shown, over } = await talking()
  const tampered = (await a.send("text", "1")).slice()
  const honest = tampered.slice()
  tampered[tampered.length - 1] ^= 1
  await receives(tampered)
  await receives(honest)
  assert.deepEqual([shown.said.map(([, text]) => text), over], [["1"], []])
})

test("a rule broken by a member ends it loudly, and no more words leave", async () => {
  const { a, org, receives, dialogue, over, out } = await talking()
  const ghost = await org.staff("peer", "Eva")
  await receives((await lyingCommit(suite, loose(a), [addOf(ghost)])).bytes)
  assert.equal(over.length, 1)
  assert.deepEqual([over[0].title, over[0].words], ["error.stopped", ["error.stopped.do"]])
  assert.equal(over[0].code, "add-without-consent")
  const before = out.length
  assert.equal(await dialogue.say("SECRET"), false)
  await turns()
  assert.equal(out.length, before)
})

test("the end that the desk has sealed is told with its alias", async () => {
  const { a, receives, over } = await talking()
  await receives(await a.send("end"))
  assert.deepEqual(over[0].words[0], "end.by_other Ana")
})

test("her own end is sealed for the desk before the page is done", async () => {
  const { dialogue, a, envelopes, over } = await talking()
  await dialogue.end()
  assert.equal((await a.receive(envelopes()[0])).kind, "end")
  assert.deepEqual(over[0].words[0], "end.by_you")
})

test("a question names the colleague from the certificate, and her no changes nothing", async () => {
  const { a, org, receives, shown, answers, out } = await talking()
  await receives(await a.ask("company", (await org.staff("interpreter", "Lia")).bytes))
  assert.deepEqual(shown.asked, [["member.ask", "member.named Lia role.interpreter"]])
  const before = out.length
  answers(false)
  await turns()
  assert.deepEqual([shown.events.at(-1), out.length], ["member.stays", before])
})

test("only her yes leaves the page, and only once it is tapped", async () => {
  const { a, org, receives, answers, envelopes } = await talking()
  await receives(await a.ask("company", (await org.staff("interpreter", "Lia")).bytes))
  assert.equal(envelopes().length, 0)
  answers(true)
  await turns()
  assert.equal((await a.receive(envelopes()[0])).kind, "consent")
})

test("a colleague whose certificate does not hold is not asked about", async () => {
  const { a, org, receives, shown } = await talking()
  await receives(await a.ask("company", (await org.staff("interpreter", "Lia", { end: 1_700_000_000, start: 1_699_990_000 })).bytes))
  assert.deepEqual([shown.asked, shown.events.at(-1)], [[], "member.unchecked"])
})

test("while one takes over from another nothing can be said, and then the newcomer is named", async () => {
  const s = await scene()
  const colleague = await consented(s, "peer", "Bea", "handover")
  const t = await talking(s)
  const { commit, welcome } = await s.a.add(colleague.bytes)
  await s.a.confirmed()
  await t.receives(commit)
  assert.equal(t.dialogue.canSay, false)
  assert.equal(t.shown.states.get("passing"), "handover.passing Bea")
  assert.equal(await t.dialogue.say("SECRET"), false)

  const b = await Conversation.join({ trust: await s.org.trust(), own: colleague, welcome })
  const removal = await b.remove(0)
  await b.confirmed()
  await t.receives(removal.commit)
  assert.equal(t.dialogue.canSay, true)
  assert.equal(t.shown.states.has("passing"), false)
  assert.deepEqual(t.shown.events.slice(-2), ["member.left Ana", "handover.done Bea"])
  assert.deepEqual(t.shown.members.at(-1), ["thread answers", "member.named Bea role.peer"])
})

test("a change of keys alone is not told: the same people are here", async () => {
  const { a, receives, shown } = await talking()
  const before = shown.events.length
  const { commit } = await a.update()
  await a.confirmed()
  await receives(commit)
  assert.equal(shown.events.length, before)
})

test("the other side's lost connection is a calm line, and so is its coming back", async () => {
  const { dialogue, shown } = await talking()
  dialogue.peer(true)
  assert.equal(shown.states.get("peer"), "net.lost.other Ana")
  dialogue.peer(false)
  assert.deepEqual([shown.states.has("peer"), shown.events.at(-1)], [false, "net.back.other Ana"])
})

test("that the other side is there is told only after it was away", async () => {
  const { dialogue, shown } = await talking()
  const before = shown.events.length
  dialogue.peer(false)
  assert.equal(shown.events.length, before)
})

test("somebody else is offered while the other side is away, and no longer", async () => {
  const { dialogue, shown } = await talking()
  dialogue.peer(true)
  assert.equal(shown.another, true)
  dialogue.peer(false)
  assert.equal(shown.another, false)
})

test("after ten minutes without the other side somebody else is called", async () => {
  const { dialogue, calls } = await talking()
  dialogue.peer(true)
  clock.steady += 599
  await new Promise((done) => setTimeout(done, 1100))
  assert.deepEqual(calls, [])
  clock.steady += 1
  await new Promise((done) => setTimeout(done, 1100))
  assert.deepEqual(calls, ["another"])
})

test("what she has said and the other side does not hold is known, until it does", async () => {
  const { dialogue } = await talking()
  for (const words of ["oui", "oui", "non"]) await dialogue.say(words)
  dialogue.held(2)
  assert.deepEqual(dialogue.unheld, ["non"])
})

test("while the network is away she writes on, and all of it goes out in order when it is back", async () => {
  const { dialogue, a, envelopes, shown } = await talking()
  dialogue.lost()
  assert.equal(shown.pending, "state.waiting")
  for (const words of ["un", "deux"]) assert.equal(await dialogue.say(words), true)
  await turns()
  assert.equal(envelopes().length, 0)
  dialogue.resume(0, 0)
  await turns()
  const read = []
  for (const envelope of envelopes()) read.push(new TextDecoder().decode((await a.receive(envelope)).body))
  assert.deepEqual(read, ["un", "deux"])
})
