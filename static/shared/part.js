import { Refused } from "./refused.js"

/**
 * Load a lazy part of the program and hold it against its hash. Written with the part's path alone.
 *
 * No script element's address may be set under Trusted Types `'none'`, so a modulepreload link carries the integrity
 * into the module map and import() takes the part from there. The build gives the call the part's address, its sha384
 * and its import, so the hash of the outer part covers the inner one; a program that was not built has no parts.
 *
 * @param {string} address
 * @param {string} [integrity] - "sha384-..."
 * @param {() => Promise<any>} [load]
 * @returns {Promise<any>} the part's exports
 */
export function part(address, integrity, load) {
  return new Promise((done, failed) => {
    if (!integrity || !load) return failed(new Refused("part-not-built"))
    const link = document.createElement("link")
    link.rel = "modulepreload"
    link.integrity = integrity
    link.href = address
    link.onload = () => load().then(done, failed)
    link.onerror = () => failed(new Refused("part-changed")) // gone since the page was loaded, or not the bytes it was built with
    document.head.append(link)
  })
}
