// The strict reader: what the writer writes and nothing else, whatever bytes come.
import assert from "node:assert/strict"
import { test } from "node:test"
import { cat, from64, hex, same, text, to64, utf8 } from "../../static/shared/bytes.js"
import { many, Reader, u16, u32, u64, u8, vec } from "../../static/shared/tls.js"
import { readConsent } from "../../static/shared/mls/consent.js"
import { seeded } from "./random.mjs"

test("numbers and vectors of every size come back", () => {
  const random = seeded(1)
  for (const length of [0, 1, 63, 64, 65, 16383, 16384, 65536]) {
    const bytes = random.bytes(length)
    const written = vec(bytes)
    assert.equal(written.length - length, length < 64 ? 1 : length < 16384 ? 2 : 4)
    const reader = new Reader(cat(u8(7), written, u16(65535), u32(2 ** 32 - 1), u64(2n ** 64n - 1n)))
    assert.equal(reader.small(1), 7)
    assert.ok(same(reader.vec(), bytes))
    assert.deepEqual([reader.small(2), reader.small(4), reader.uint(8)], [65535, 2 ** 32 - 1, 2n ** 64n - 1n])
    reader.end()
  }
})

test("a length that is not in its shortest form, reserved, too long or cut short is refused", () => {
  for (const bytes of ["4001aa", "403f" + "00".repeat(63), "80000001aa", "80003fff" + "00".repeat(16383), "c000", "ff", "", "40", "8000", "02aa", "4040aa"]) {
    assert.throws(() => new Reader(Uint8Array.from(Buffer.from(bytes, "hex"))).vec(), RangeError, bytes)
  }
  assert.throws(() => new Reader(vec(new Uint8Array(65))).vec(64), RangeError)
  assert.throws(() => new Reader(u8(1)).end(), RangeError)
  assert.throws(() => many(cat(vec(u8(1)), u8(9)), (reader) => reader.vec()), RangeError)
})

test("20,000 pieces of noise: read back to the same bytes, or a RangeError, and never past the end", () => {
  const random = seeded(2)
  for (let run = 0; run < 20000; run++) {
    const bytes = random.bytes(random.below(80))
    if (bytes.length && random.below(2)) bytes[0] = random.choose([0, 1, 0x40, 0x41, 0x80, 0xc0])
    const reader = new Reader(bytes)
    try {
      const read = reader.vec()
      assert.deepEqual(vec(read), bytes.slice(0, reader.at))
    } catch (error) {
      assert.ok(error instanceof RangeError)
    }
    assert.ok(reader.at <= bytes.length)
  }
})

test("noise is no consent", () => {
  const random = seeded(3)
  for (let run = 0; run < 2000; run++) {
    const bytes = cat(u16(1), u8(random.below(4)), random.bytes(random.below(200)))
    assert.throws(() => readConsent(bytes))
  }
})

test("bytes in their other forms", () => {
  const random = seeded(4)
  for (let length = 0; length < 70; length++) {
    const bytes = random.bytes(length)
    assert.equal(hex(bytes), Buffer.from(bytes).toString("hex"))
    assert.equal(to64(bytes), Buffer.from(bytes).toString("base64"))
    assert.ok(same(from64(to64(bytes)), bytes))
  }
  assert.equal(text(utf8("\ufeffInès 🙂")), "\ufeffInès 🙂")
  assert.throws(() => text(Uint8Array.of(0x28, 0xc3)), TypeError)
  assert.throws(() => from64("*"))
})
