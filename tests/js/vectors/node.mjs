// node tests/js/vectors/node.mjs [webcrypto|noble] : one JSON line for each file, in Node.
import { readFileSync } from "node:fs"
import { pathToFileURL } from "node:url"
import { noble } from "../../../static/shared/suite/noble.js"
import { webcrypto } from "../../../static/shared/suite/webcrypto.js"
import { names, run } from "./runner.mjs"

export const PRIMITIVES = { webcrypto, noble }

const FOLDER = new URL("../../vectors/", import.meta.url)
export const read = (name) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"))

/** How many cases a file has where it comes from. */
export function of(name) {
  const [folder, file] = name.split("/")
  return read("manifest.json")[folder][file].of
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const code of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PRIMITIVES)) {
    for (const name of names) {
      const started = performance.now()
      const row = await run(name, read(name), of(name), PRIMITIVES[code])
      console.log(JSON.stringify({ code, ...row, seconds: (performance.now() - started) / 1000 }))
    }
  }
}
