// The linter sees what it must see: each thing that a page may not do, planted once.
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import path from "node:path"
import { ESLint } from "eslint"

const ROOT = path.resolve(import.meta.dirname, "../..")
const linter = new ESLint({ cwd: ROOT })
const found = async (code, file) => {
  const [{ messages }] = await linter.lintText(`${code}\n`, { filePath: path.join(ROOT, file) })
  return messages.filter(({ severity }) => severity === 2).map(({ ruleId }) => ruleId)
}
const PLANTED = [
  "document.body.innerHTML = location.hash",
  "document.body.outerHTML = location.hash",
  'document.body.insertAdjacentHTML("beforeend", location.hash)',
  "document.write(location.hash)",
  "document.writeln(location.hash)",
  "document.createRange().createContextualFragment(location.hash)",
  "export const chance = Math.random()",
  'localStorage.setItem("a", "b")',
  'window.localStorage.setItem("a", "b")',
  'console.log("words")',
  'eval("1")',
  'export const made = new Function("return 1")',
  'setTimeout("work()", 1)',
  "export const equal = location.hash == 1",
  "const unused = 1",
]

describe("in her page", () => {
  for (const code of PLANTED) {
    test(`refused: ${code}`, async () => {
      assert.notDeepEqual(await found(code, "static/person/planted.js"), [])
    })
  }
})

test("the same in what both programs share, and on the desk", async () => {
  for (const folder of ["shared/mls", "staff"]) {
    for (const code of PLANTED) assert.notDeepEqual(await found(code, `static/${folder}/planted.js`), [], code)
  }
})

test("only the exit may touch the storage that others have written to, and only that", async () => {
  assert.deepEqual(await found("localStorage.clear()", "static/person/exit.js"), [])
  assert.notDeepEqual(await found('console.log("words")', "static/person/exit.js"), [])
  assert.notDeepEqual(await found("document.body.innerHTML = location.hash", "static/person/exit.js"), [])
})

test("plain code passes", async () => {
  assert.deepEqual(await found('export const line = document.createTextNode("words")', "static/person/planted.js"), [])
})
