// The order of leaving: white in the event itself, everything else in the next task, and nothing may stand in the way.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Exit } from "../../static/person/exit.js"

/** A browser that notes what is done to it. `fails`: steps that throw, as they do without network or storage. */
function browser({ fails = [] } = {}) {
  const done = []
  let task
  const does = (name, result) => (...given) => {
    done.push([name, ...given].filter((one) => typeof one === "string").join(" "))
    if (fails.includes(name)) throw new Error(name)
    return result
  }
  const element = (name) => ({ name, style: {}, children: [], setAttribute() {}, append(child) { this.children.push(child) } })
  const root = { children: [], replaceChildren(...children) { root.children = children; done.push("white") } }
  const page = {
    document: { documentElement: root, createElement: element },
    setTimeout: (work) => { task = work },
    fetch: (...given) => { does("fetch")(...given); return Promise.reject(new Error("offline")) },
    sessionStorage: { clear: does("session cleared") },
    localStorage: { clear: does("local cleared") },
    location: { replace: does("replace") },
  }
  return { page, done, root, nextTask: () => task?.(), hasTask: () => task !== undefined }
}

function leaving(options) {
  const made = browser(options)
  const words = { neutral: "https://weather.example/", title: () => "Weather", told: () => "Loading." }
  const exit = new Exit(made.page, words)
  exit.beforeLeaving(() => {
    made.done.push("forgotten")
    if (options?.fails?.includes("forgotten")) throw new Error("forgotten")
  })
  return { ...made, exit }
}

const REST = ["fetch /gone", "forgotten", "session cleared", "local cleared", "replace https://weather.example/"]

test("the page is white before the tap's own task has ended", () => {
  const { exit, done } = leaving()
  exit.leave()
  assert.deepEqual(done, ["white"])
})

test("the white page has an ordinary title and nothing of the one before", () => {
  const { exit, root } = leaving()
  exit.leave()
  const [head, body] = root.children
  assert.equal(head.children[0].textContent, "Weather")
  assert.deepEqual(body.children.map(({ textContent }) => textContent), ["Loading."])
})

test("in the next task the server is told, everything is forgotten, and another page takes its place", () => {
  const { exit, done, nextTask } = leaving()
  exit.leave()
  nextTask()
  assert.deepEqual(done, ["white", ...REST])
})

for (const broken of ["fetch", "forgotten", "session cleared", "local cleared"]) {
  test(`she leaves even where this fails: ${broken}`, () => {
    const { exit, done, nextTask } = leaving({ fails: [broken] })
    exit.leave()
    nextTask()
    assert.deepEqual(done, ["white", ...REST])
  })
}

test("leaving twice is leaving once", () => {
  const { exit, done, nextTask } = leaving()
  exit.leave()
  exit.leave()
  nextTask()
  assert.equal(done.filter((step) => step === "white").length, 1)
})

test("the link's own way is not taken as well", () => {
  const { exit } = leaving()
  let prevented = 0
  exit.leave({ preventDefault: () => prevented++ })
  assert.equal(prevented, 1)
})
