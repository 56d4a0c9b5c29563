// The same runner as a page's program: the test asks it for one file after the other, and it shows the table.
import { noble } from "../../../static/shared/suite/noble.js"
import { webcrypto } from "../../../static/shared/suite/webcrypto.js"
import { names, run } from "./runner.mjs"

const PRIMITIVES = { webcrypto, noble }

globalThis.vectors = {
  names,
  async run(code, name, of) {
    const cases = await (await fetch(`/vectors/${name}`)).json()
    const row = await run(name, cases, of, PRIMITIVES[code])
    const line = document.createElement("li")
    line.textContent = `${code} ${row.file} ${row.passed} ${row.skipped} ${row.of}`
    document.body.append(line)
    return row
  },
}
