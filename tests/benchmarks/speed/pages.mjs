// What pages say: those of a chat made of rooms, as every tutorial begins, and ours with mailbox and receipts.
import { Wire } from "./wire.mjs";

const PAYLOAD_BYTES = 300;
const HOLDS_EVERY = 8;
const GROUP = 16;

// A private MLS message of 300 bytes: a header as it is on the wire, noise where the ciphertext is.
function sealed() {
  const head = Buffer.concat([
    Buffer.from([0, 1, 0, 2, GROUP]), Buffer.alloc(GROUP, 7), Buffer.from([0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 6]),
    Buffer.from("sender"),
  ]);
  const size = PAYLOAD_BYTES - head.length - 2;
  return Buffer.concat([head, Buffer.from([0x40 | (size >> 8), size & 255]), Buffer.alloc(size, 0xa5)]);
}
export const WORDS = sealed().toString("base64");
const to64 = (text) => Buffer.from(text, "latin1").toString("base64");
const KEY_PACKAGE = to64("\x00\x01\x00\x05\x00\x01\x00\x01 a key package");
const WELCOME = "\x00\x01\x00\x03 ";

// One page. `sent` are the moments at which what is under way was sent; the other end takes them off.
class Page {
  constructor(meter, address, hello) {
    this.meter = meter;
    this.hello = hello;
    this.other = null;
    this.sent = [];
    this.inFlight = 0;
    this.frames = 0;
    this.number = 0;
    this.asked = new Map();
    this.ready = new Promise((resolve) => (this.isReady = resolve));
    this.wire = new Wire({
      ...address, heard: (text) => this.heard(text), after: () => this.refill(), lost: () => meter.lost(),
    });
  }

  heard(text) {
    this.frames += 1;
    if (this.wire.compressed) return this.guess();
    if (text === "2") return this.wire.say("3");
    if (text[0] === "0") return this.wire.say(this.hello);
    if (text[1] === "0") return this.isReady();
    if (text[1] === "4") throw new Error(text);
    return text[1] === "3" ? this.answered(text) : this.told(text);
  }

  // Compressed frames are not read: the first is the opening, the second the connection, the others are pings.
  guess() {
    if (this.frames === 2) this.isReady();
    else this.wire.say(this.frames === 1 ? this.hello : "3");
  }

  answered(text) {
    const end = text.indexOf("[");
    const number = Number(text.slice(2, end));
    const waiting = this.asked.get(number);
    if (waiting) {
      this.asked.delete(number);
      return waiting(JSON.parse(text.slice(end))[0]);
    }
    if (text.startsWith('{"ok":false', end + 1)) throw new Error(text);
    this.inFlight -= 1;
    return this.meter.acked();
  }

  ask(event, payload) {
    return new Promise((resolve) => {
      this.asked.set(++this.number, resolve);
      this.wire.say(`42${this.number}${JSON.stringify([event, payload])}`);
      this.wire.flush();
    });
  }

  arrived() {
    this.meter.arrived(this.other.sent.shift());
  }

  refill() {
    while (this.inFlight < this.meter.window) this.send(performance.now());
  }

  send(moment) {
    this.inFlight += 1;
    this.sent.push(moment);
    this.wire.say(this.message(++this.number));
  }
}

export class RoomPage extends Page {
  constructor(meter, address) {
    super(meter, address, "40");
  }

  join(room) {
    return this.ask("join", room);
  }

  told() {
    this.arrived();
  }

  message(number) {
    return `42${number}["msg","${WORDS}"]`;
  }
}

export class OurPage extends Page {
  constructor(meter, address) {
    super(meter, address, '40{"v":1}');
    this.seq = 0;
    this.held = 0;
    this.offers = null;
    this.welcomed = null;
    this.said = "";
  }

  told(text) {
    if (text.startsWith('"envelope"', 3)) {
      this.arrived();
      if (++this.held % HOLDS_EVERY === 0) this.wire.say(`42["holds",{${this.said}"seq":${this.held}}]`);
    } else if (text.startsWith('"offer"', 3)) this.offers(JSON.parse(text.slice(2))[1]);
    else if (text.startsWith('"welcome"', 3)) this.welcomed(JSON.parse(text.slice(2))[1].bytes);
    else if (text.startsWith('"bye"', 3) || text.startsWith('"ended"', 3)) throw new Error(text);
  }

  message(number) {
    return `42${number}["envelope",{${this.said}"seq":${++this.seq},"bytes":"${WORDS}"}]`;
  }
}

const told = (answer) => {
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer;
};

// A desk goes on duty, takes whom it is offered, and puts its own number into the Welcome.
export async function onDuty(desk, place) {
  desk.offers = async ({ offer }) => {
    const { conversation } = told(await desk.ask("accept", { offer }));
    desk.said = `"conversation":"${conversation}",`;
    told(await desk.ask("welcome", { conversation, bytes: to64(WELCOME + place) }));
  };
  told(await desk.ask("hello", { holding: [] }));
  told(await desk.ask("presence", { state: "on_duty" }));
}

// A person waits until she is welcomed; the desk is found by the number in the Welcome.
export async function talks(person, desks) {
  const welcomed = new Promise((resolve) => (person.welcomed = resolve));
  told(await person.ask("wait", { line: "adults", language: "fr", wish: "whoever", key_package: KEY_PACKAGE }));
  const desk = desks[Number(Buffer.from(await welcomed, "base64").toString("latin1").slice(WELCOME.length))];
  person.other = desk;
  desk.other = person;
}
