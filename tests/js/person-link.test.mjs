// The connection, frame by frame, against a socket that only notes what is sent.
import assert from "node:assert/strict"
import { afterEach, beforeEach, mock, test } from "node:test"
import { Link } from "../../static/person/link.js"

class Socket {
  static OPEN = 1
  static all = []
  sent = []
  readyState = Socket.OPEN
  constructor(address) {
    this.address = address
    Socket.all.push(this)
  }
  send(frame) {
    this.sent.push(frame)
  }
  close() {
    this.readyState = 3
    this.onclose?.()
  }
  hears(frame) {
    this.onmessage({ data: frame })
  }
  greets() {
    this.hears('0{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000}')
    this.hears('40{"sid":"y"}')
  }
}

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] })
  Socket.all = []
  Object.assign(globalThis, { WebSocket: Socket, location: { origin: "https://notes.example" } })
})
afterEach(() => mock.timers.reset())

/** A clock that goes on while the device sleeps, and timers do not. */
const wall = { ms: 0 }

function linked() {
  const heard = []
  wall.ms = 0
  const link = new Link({
    connect: () => heard.push("connect"),
    disconnect: () => heard.push("disconnect"),
    place: (payload) => heard.push(payload),
  }, { now: () => wall.ms, spread: (wait_ms) => wait_ms })
  link.open()
  const [socket] = Socket.all
  socket.greets()
  return { link, socket, heard }
}

test("it is a WebSocket to where the page came from, and says its version before anything else", () => {
  const { socket, heard } = linked()
  assert.equal(socket.address, "wss://notes.example/socket.io/?EIO=4&transport=websocket")
  assert.deepEqual([socket.sent, heard], [['40{"v":1}'], ["connect"]])
})

test("every question is numbered, and its answer finds it", async () => {
  const { link, socket } = linked()
  const [one, other] = [link.ask("wish", { wish: "whoever" }), link.ask("holds", { seq: 1 })]
  assert.deepEqual(socket.sent.slice(1), ['421["wish",{"wish":"whoever"}]', '422["holds",{"seq":1}]'])
  socket.hears('432[{"ok":true}]')
  socket.hears('431[{"ok":false,"code":"full"}]')
  assert.deepEqual([await one, await other], [{ ok: false, code: "full" }, { ok: true }])
})

test("an event reaches its handler, and one that nobody handles reaches nobody", () => {
  const { socket, heard } = linked()
  socket.hears('42["place",{"place":"few"}]')
  socket.hears('42["toString",{}]')
  socket.hears('42["news",{}]')
  assert.deepEqual(heard, ["connect", { place: "few" }])
})

test("a ping is answered", () => {
  const { socket } = linked()
  socket.hears("2")
  assert.equal(socket.sent.at(-1), "3")
})

test("a server that is silent longer than it said is lost, and is asked again", () => {
  const { heard } = linked()
  mock.timers.tick(45_000)
  assert.deepEqual(heard, ["connect", "disconnect"])
  mock.timers.tick(1000)
  assert.equal(Socket.all.length, 2)
})

test("each ping is a sign of life", () => {
  const { socket, heard } = linked()
  for (let ping = 0; ping < 10; ping++) {
    mock.timers.tick(25_000)
    socket.hears("2")
  }
  assert.deepEqual(heard, ["connect"])
})

test("a lost connection is made again, each time a little later", () => {
  const { socket } = linked()
  socket.close()
  const counts = []
  for (const wait_ms of [1000, 2000, 4000, 8000, 8000]) {
    mock.timers.tick(wait_ms - 1)
    const before = Socket.all.length
    mock.timers.tick(1)
    counts.push(Socket.all.length - before)
    Socket.all.at(-1).close()
  }
  assert.deepEqual(counts, [1, 1, 1, 1, 1])
})

test("the last word leaves before the connection is closed, and it stays closed", () => {
  const { link, socket, heard } = linked()
  link.close("end")
  assert.deepEqual(socket.sent.slice(1), ['42["end",{}]', "41"])
  mock.timers.tick(60_000)
  assert.deepEqual([Socket.all.length, heard, socket.readyState], [1, ["connect"], 3])
})

test("what the old connection still says is not heard by the new one", () => {
  const { socket, heard } = linked()
  socket.close()
  mock.timers.tick(1000)
  socket.hears('42["place",{"place":"few"}]')
  assert.deepEqual(heard, ["connect", "disconnect"])
})

test("a refused or ended connection is closed underneath too", () => {
  const { socket } = linked()
  socket.hears('44{"message":"no"}')
  assert.equal(socket.readyState, 3)
})

test("nothing is said into a connection that is not open", () => {
  const { link, socket } = linked()
  socket.readyState = 0
  link.ask("wish", {})
  assert.deepEqual(socket.sent, ['40{"v":1}'])
})

test("a question whose answer the loss has swallowed is answered as lost, and so is one asked meanwhile", async () => {
  const { link, socket } = linked()
  const asked = link.ask("envelope", { seq: 1 })
  socket.close()
  assert.deepEqual([await asked, await link.ask("wish")], [{ ok: false, code: "lost" }, { ok: false, code: "lost" }])
})

test("a server that pings but does not answer for 20 seconds is lost", async () => {
  const { link, socket, heard } = linked()
  const asked = link.ask("envelope", { seq: 1 })
  mock.timers.tick(19_999)
  socket.hears("2")
  assert.deepEqual(heard, ["connect"])
  mock.timers.tick(1)
  assert.deepEqual([heard, await asked], [["connect", "disconnect"], { ok: false, code: "lost" }])
})

test("a connection that is not made within 20 seconds is begun again", () => {
  const { socket } = linked()
  socket.close()
  mock.timers.tick(1000)
  assert.equal(Socket.all.length, 2)
  mock.timers.tick(20_000)
  mock.timers.tick(2000)
  assert.equal(Socket.all.length, 3)
})

test("when the network is back it is not waited for: it is connected at once", () => {
  const { link, socket } = linked()
  socket.close()
  link.wake()
  assert.equal(Socket.all.length, 2)
  mock.timers.tick(8000)
  assert.equal(Socket.all.length, 2, "and not a second time")
})

test("a device that slept longer than the server waits finds its connection lost, though no timer has run", () => {
  const { link, heard } = linked()
  wall.ms = 45_001
  link.wake()
  assert.deepEqual([heard, Socket.all.length], [["connect", "disconnect"], 2])
})

test("a device that slept a moment keeps its connection", () => {
  const { link, heard } = linked()
  wall.ms = 20_000
  link.wake()
  assert.deepEqual([heard, Socket.all.length], [["connect"], 1])
})

test("a connection begun before the network came back hangs, and is begun again", () => {
  const { link, socket } = linked()
  socket.close()
  mock.timers.tick(1000)
  wall.ms = 3001
  link.wake()
  assert.equal(Socket.all.length, 3)
})

test("after a restart not everybody comes at once: each waits between half and all of the time", () => {
  Socket.all = []
  const link = new Link({ connect() {}, disconnect() {} })
  link.open()
  Socket.all[0].greets()
  Socket.all[0].close()
  mock.timers.tick(499)
  assert.equal(Socket.all.length, 1)
  mock.timers.tick(501)
  assert.equal(Socket.all.length, 2)
})
