import { all, partOf } from "./find.js"
import { lineOf } from "./facts.js"
import { saidOpening } from "./when.js"

/**
 * Change the language in place: the same document, the same entry in the history.
 *
 * @param {{facts: import("./facts.js").Facts, words: import("./words.js").Words}} page
 */
export function offerLanguages({ facts, words }) {
  for (const link of all("a[hreflang]")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault()
      const { href, hreflang, dir } = /** @type {HTMLAnchorElement} */ (link)
      try {
        const answer = await fetch(`/words/${hreflang}.json`)
        if (!answer.ok) throw new Error(String(answer.status))
        words.change(await answer.json())
      } catch {
        location.replace(href) // the page of that language takes this one's place
        return
      }
      facts.language = hreflang
      Object.assign(document.documentElement, { lang: hreflang, dir })
      for (const other of all("a[hreflang]")) other.ariaCurrent = other.lang === hreflang ? "true" : null
      partOf("opening").textContent = saidOpening(words, facts.lines[lineOf(facts)], hreflang)
      partOf("told").textContent = words.text("lang.changed")
    })
  }
}
