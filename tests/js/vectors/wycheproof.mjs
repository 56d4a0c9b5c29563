// Wycheproof: what an implementation of each primitive gets wrong when it gets it wrong.
import { check, equal, hex, throws, unhex } from "./tools.mjs"

const refusedOr = (promise, expected) => promise.then((found) => hex(found) === expected, () => true)

export async function aesGcm({ key, iv, aad, msg, ct, tag, result }, { seal, open }) {
  const opened = open(unhex(key), unhex(iv), unhex(aad), unhex(ct + tag))
  if (result === "invalid") return throws(opened, "opened what was tampered with")
  equal(await opened, msg, "opened")
  equal(await seal(unhex(key), unhex(iv), unhex(aad), unhex(msg)), ct + tag, "sealed")
}

export async function ed25519({ pk, msg, sig, result }, primitives) {
  check((await primitives.ed25519.verify(unhex(pk), unhex(msg), unhex(sig))) === (result === "valid"), `a signature that is ${result}`)
}

export async function x25519({ public: theirs, private: mine, shared, result }, primitives) {
  const made = primitives.x25519.shared(unhex(mine), unhex(theirs))
  if (/^0+$/.test(shared)) return throws(made, "a shared secret of zeros") // RFC 9180, 7.1.4: it must be refused
  if (result === "acceptable") return check(await refusedOr(made, shared), "another shared secret")
  equal(await made, shared, "shared secret")
}

export async function hmac({ key, msg, tag, result }, primitives) {
  check((hex(await primitives.hmac(unhex(key), unhex(msg))) === tag) === (result === "valid"), `a tag that is ${result}`)
}

export async function hkdf({ ikm, salt, info, size, okm }, _, suite) {
  equal(await suite.kdf.expand(await suite.kdf.extract(unhex(salt), unhex(ikm)), unhex(info), size), okm, "keying material")
}
