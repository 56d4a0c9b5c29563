/** Work that costs this phone a second or two, and a crowd of machines far more. In small slices: the page stays usable. */

const PUZZLES = 8
const CHALLENGE_LETTERS = 48
const SOLUTIONS = 16 ** 6
const SLICE_MS = 12
const TRIES_A_LOOK = 64

/** Whole numbers from the cube roots of the first 64 primes, and the square roots of the first 8: FIPS 180-4, 4.2.2 and 5.3.3. */
const [K, START] = constants()

/** One challenge: eight small puzzles, solved one after the other, as far as time allows. */
export class Work {
  #bits
  #words = new Int32Array(16)
  /** @type {string[]} */ #solutions = []
  #next = 0

  /** @param {string} challenge @param {number} bits - zeros that each hash begins with */
  constructor(challenge, bits) {
    this.challenge = challenge
    this.#bits = bits
    for (let at = 0; at < CHALLENGE_LETTERS; at += 1) this.#words[at >> 2] |= challenge.charCodeAt(at) << (24 - 8 * (at & 3))
    this.#words[15] = 8 * (CHALLENGE_LETTERS + 7) // the text's length in bits: 48 letters, the puzzle's number, 6 digits
  }

  get isDone() {
    return this.#solutions.length === PUZZLES
  }

  /** What the server is told: the challenge, and the solutions so far. */
  get answer() {
    return this.challenge + this.#solutions.join("")
  }

  /**
   * Work on until it is done or so much time has passed.
   *
   * @param {number} milliseconds
   * @param {() => boolean} [isOver] - nobody needs it any more
   * @param {{now: () => number}} [clock]
   * @returns {Promise<void>}
   */
  async goOn(milliseconds, isOver = () => false, clock = performance) {
    const until = clock.now() + milliseconds
    while (!this.isDone && !isOver() && clock.now() < until) {
      const pause = clock.now() + SLICE_MS
      while (!this.isDone && clock.now() < pause) this.#look()
      await new Promise((resolve) => setTimeout(resolve))
    }
  }

  /** Try the next few numbers. */
  #look() {
    const puzzle = this.#solutions.length
    for (let tries = 0; tries < TRIES_A_LOOK; tries += 1) {
      const number = this.#next++ % SOLUTIONS
      if (this.#solves(puzzle, number)) {
        this.#solutions.push(number.toString(16).padStart(6, "0"))
        this.#next = 0
        return
      }
    }
  }

  /** @param {number} puzzle @param {number} number */
  #solves(puzzle, number) {
    const words = this.#words
    words[12] = ((48 + puzzle) << 24) | (digit(number >> 20) << 16) | (digit(number >> 16) << 8) | digit(number >> 12)
    words[13] = (digit(number >> 8) << 24) | (digit(number >> 4) << 16) | (digit(number) << 8) | 0x80
    return firstWord(words) >>> (32 - this.#bits) === 0
  }
}

/** The letter of a hexadecimal digit. @param {number} value */
function digit(value) {
  const four = value & 15
  return four + (four < 10 ? 48 : 87)
}

const SCHEDULE = new Int32Array(64)

/** The first 32 bits of SHA-256 of one block: FIPS 180-4, 6.2.2. @param {Int32Array} block */
function firstWord(block) {
  const w = SCHEDULE
  w.set(block)
  for (let t = 16; t < 64; t += 1) {
    const x = w[t - 15]
    const y = w[t - 2]
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[t] = (w[t - 16] + s0 + w[t - 7] + s1) | 0
  }
  let [a, b, c, d, e, f, g, h] = START
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  return (a + START[0]) | 0
}

function constants() {
  /** @type {number[]} */ const primes = []
  for (let number = 2; primes.length < 64; number += 1) if (primes.every((prime) => number % prime)) primes.push(number)
  /** @param {number} root */
  const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0
  return [Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime))), primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))]
}
