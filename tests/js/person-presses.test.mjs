// Three presses of Shift leave the page; writing never does.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Presses } from "../../static/person/presses.js"

/** Types keys one after the other: "Shift" alone, or "Shift+a" held; returns what is missing after the last. */
function typed(presses, keys, { every_ms = 200, from_ms = 0 } = {}) {
  let at_ms = from_ms
  let missing = 3
  for (const pressed of keys) {
    const [first, held] = pressed.split("+")
    presses.down(first)
    if (held) {
      presses.down(held)
      presses.up(held, (at_ms += every_ms / 2))
    }
    missing = presses.up(first, (at_ms += every_ms))
  }
  return missing
}

test("three presses within five seconds leave", () => {
  assert.equal(typed(new Presses(), ["Shift", "Shift", "Shift"]), 0)
})

test("it is said how many are missing", () => {
  const presses = new Presses()
  assert.deepEqual([typed(presses, ["Shift"]), typed(presses, ["Shift"])], [2, 1])
})

test("three presses spread over more than five seconds do not leave", () => {
  assert.equal(typed(new Presses(), ["Shift", "Shift", "Shift"], { every_ms: 2600 }), 1)
})

test("a word in capitals never leaves", () => {
  assert.equal(typed(new Presses(), ["Shift+H", "Shift+E", "Shift+L", "Shift+P", "Shift+M", "Shift+E"]), 3)
})

test("a capital between two presses begins the count again", () => {
  assert.equal(typed(new Presses(), ["Shift", "Shift", "Shift+A", "Shift"]), 2)
})

test("another key between two presses begins the count again", () => {
  assert.equal(typed(new Presses(), ["Shift", "Shift", "a", "Shift"]), 2)
})

test("Shift held down, which the keyboard repeats, is one press", () => {
  const presses = new Presses()
  for (let repeat = 0; repeat < 20; repeat++) presses.down("Shift")
  assert.equal(presses.up("Shift", 100), 2)
})

test("letting go of Shift before the letter is still a capital", () => {
  const presses = new Presses()
  for (let letter = 0; letter < 5; letter++) {
    presses.down("Shift")
    presses.down("A")
    presses.up("Shift", letter * 100)
    assert.equal(presses.up("A", letter * 100 + 50), 3)
  }
})
