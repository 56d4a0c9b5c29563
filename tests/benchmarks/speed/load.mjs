// The load: connects as told by its one argument, then does what each line of its standard input says.
//   {"kind": "ours" | "rooms", "pairs": 50, "persons": [{port, origin}], "staff": [...], "cookies": [...], "offersDeflate": false}
//   {"do": "run", "seconds": 1.5, "window": 4}      closed loop: each end keeps so many messages under way
//   {"do": "run", "seconds": 10, "rate": 120}       open loop: so many messages a second over all
//   {"do": "connect", "count": 1000}                so many more connections that say nothing, all at once
//   {"do": "drop"}                                  those are closed again
// Every answer is one JSON line. Times are milliseconds, counted from the moment a message was due.
import { createInterface } from "node:readline";
import { onDuty, OurPage, RoomPage, talks } from "./pages.mjs";

const SETTLES_MS = 3000;
const TICK_MS = 1;
const DROPPED_MS = 1500;
const JOINING = 40; // at once: a queue that is half full asks for work first

class Meter {
  constructor() {
    this.window = 0;
    this.losses = 0;
    this.reset();
  }

  reset() {
    this.took = [];
    this.acks = 0;
  }

  arrived(moment) {
    this.took.push(performance.now() - moment);
  }

  acked() {
    this.acks += 1;
  }

  lost() {
    this.losses += 1;
  }

  said(seconds) {
    const took = Float64Array.from(this.took).sort();
    const at = (share) => (took.length ? took[Math.min(took.length - 1, Math.floor(share * took.length))] : 0);
    return {
      relayed: took.length, acked: this.acks, seconds, losses: this.losses,
      p50_ms: at(0.5), p95_ms: at(0.95), p99_ms: at(0.99), worst_ms: at(1),
    };
  }
}

const plan = JSON.parse(process.argv[2]);
const meter = new Meter();
const Kind = plan.kind === "ours" ? OurPage : RoomPage;
const pages = [];
const idle = [];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const page = (address) => new Kind(meter, { ...address, offersDeflate: plan.offersDeflate });

async function pairUp() {
  const persons = Array.from({ length: plan.pairs }, (_, place) => page(plan.persons[place % plan.persons.length]));
  const others = Array.from({ length: plan.pairs }, (_, place) =>
    page({ ...plan.staff[place % plan.staff.length], cookie: plan.cookies?.[place] }));
  await Promise.all([...persons, ...others].map((each) => each.ready));
  if (plan.kind === "ours") {
    await Promise.all(others.map(onDuty));
    for (let first = 0; first < persons.length; first += JOINING) {
      await Promise.all(persons.slice(first, first + JOINING).map((person) => talks(person, others)));
    }
  } else {
    await Promise.all(persons.flatMap((person, place) => {
      person.other = others[place];
      others[place].other = person;
      return [person.join(`r${place}`), others[place].join(`r${place}`)];
    }));
  }
  pages.push(...persons, ...others);
}

async function settle() {
  const until = performance.now() + SETTLES_MS;
  while (pages.some((each) => each.inFlight || each.sent.length) && performance.now() < until) await sleep(5);
}

async function closedLoop(seconds, window) {
  meter.window = window;
  const began = performance.now();
  for (const each of pages) {
    each.refill();
    each.wire.flush();
  }
  await sleep(seconds * 1000);
  meter.window = 0;
  const counted = meter.said((performance.now() - began) / 1000);
  await settle();
  return counted;
}

async function openLoop(seconds, rate) {
  const began = performance.now();
  let sent = 0;
  for (let now = began; now - began < seconds * 1000; now = performance.now()) {
    for (; sent < ((now - began) / 1000) * rate; sent++) {
      const each = pages[(sent * 7919) % pages.length];
      each.send(began + (sent / rate) * 1000);
      each.wire.flush();
    }
    await sleep(TICK_MS);
  }
  await settle();
  return { ...meter.said((performance.now() - began) / 1000), sent };
}

async function connectMore(count) {
  const began = performance.now();
  const more = Array.from({ length: count }, (_, place) => page(plan.persons[place % plan.persons.length]));
  await Promise.all(more.map((each) => each.ready));
  const ms = performance.now() - began;
  idle.push(...more);
  return { connected: count, ms, losses: meter.losses };
}

async function drop() {
  for (const each of idle.splice(0)) {
    each.wire.lost = () => {};
    each.wire.end();
  }
  await sleep(DROPPED_MS);
  return { losses: meter.losses };
}

async function act(asked) {
  meter.reset();
  if (asked.do === "connect") return connectMore(asked.count);
  if (asked.do === "drop") return drop();
  if (asked.do === "run") {
    return asked.rate ? openLoop(asked.seconds, asked.rate) : closedLoop(asked.seconds, asked.window);
  }
  return { losses: meter.losses };
}

await pairUp();
say({ ready: pages.length });
for await (const line of createInterface({ input: process.stdin })) say(await act(JSON.parse(line)));
process.exit(0);
