/** The work that a crowd is asked for is what the server checks, and leaves the page usable. */
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { test } from "node:test"
import { Work } from "../../static/person/work.js"

const BITS = 13
const challenge = (letter) => letter.repeat(48)

/** What the server does: helpline/domain/work.py. */
function solves(text, bits) {
  return createHash("sha256").update(text).digest().readUInt32BE(0) >>> (32 - bits) === 0
}

test("every solution that it finds is one, by another SHA-256", async () => {
  for (const letter of ["a", "_", "Z"]) {
    const work = new Work(challenge(letter), BITS)
    await work.goOn(60_000)
    assert.ok(work.isDone)
    assert.equal(work.answer.length, 96)
    const solutions = work.answer.slice(48).match(/.{6}/g)
    solutions.forEach((solution, puzzle) => assert.ok(solves(`${challenge(letter)}${puzzle}${solution}`, BITS), solution))
  }
})

test("it finds the first solution and passes none over", async () => {
  const work = new Work(challenge("q"), BITS)
  await work.goOn(60_000)
  const first = [...Array(16 ** 5).keys()].find((number) => solves(`${challenge("q")}0${number.toString(16).padStart(6, "0")}`, BITS))
  assert.equal(work.answer.slice(48, 54), first.toString(16).padStart(6, "0"))
})

test("what is not done in time is told as far as it is, and goes on from there", async () => {
  const work = new Work(challenge("b"), 20)
  await work.goOn(30)
  assert.ok(!work.isDone)
  assert.equal(work.answer.length % 6, 0)
  const before = work.answer
  await work.goOn(30)
  assert.ok(work.answer.startsWith(before))
})

test("others have their turn every few milliseconds", async () => {
  const work = new Work(challenge("c"), 22)
  let [last, longest] = [performance.now(), 0]
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 1)
  await work.goOn(400)
  clearInterval(timer)
  assert.ok(longest < 200, `${longest} ms`) // on a machine that many share
})

test("it stops when nobody needs it any more", async () => {
  const began = performance.now()
  await new Work(challenge("d"), 30).goOn(60_000, () => performance.now() - began > 50)
  assert.ok(performance.now() - began < 5_000)
})
