// One WebSocket over a plain TCP connection, as fast as may be: the load must never be what is measured.
import { connect } from "node:net";

const HEAD_END = Buffer.from("\r\n\r\n");
const MASK = [0x5a, 0x3c, 0x96, 0x17];
const MEDIUM = 126;
const [TEXT, PING, PONG] = [1, 9, 10];
const DEFLATE = "permessage-deflate; client_max_window_bits"; // what browsers offer

function frameOf(text, kind = TEXT) {
  const size = Buffer.byteLength(text, "latin1");
  const start = size < MEDIUM ? 6 : 8;
  const frame = Buffer.allocUnsafe(start + size);
  frame[0] = 0x80 | kind;
  frame[1] = 0x80 | (size < MEDIUM ? size : MEDIUM);
  if (size >= MEDIUM) frame.writeUInt16BE(size, 2);
  frame[start - 4] = MASK[0];
  frame[start - 3] = MASK[1];
  frame[start - 2] = MASK[2];
  frame[start - 1] = MASK[3];
  frame.write(text, start, "latin1");
  for (let at = 0; at < size; at++) frame[start + at] ^= MASK[at & 3];
  return frame;
}

export class Wire {
  // `heard(text)` gets each message, `after()` is called when all that has come is read, `lost()` once at the end.
  constructor({ port, origin, cookie, offersDeflate, heard, after, lost }) {
    Object.assign(this, { heard, after, lost });
    this.out = [];
    this.rest = null;
    this.open = false;
    this.compressed = false;
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.socket.on("data", (data) => this.read(data));
    this.socket.on("error", () => {});
    this.socket.on("close", () => this.lost());
    const lines = [
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", `Host: ${new URL(origin).host}`, "Upgrade: websocket",
      "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
      `Origin: ${origin}`,
    ];
    if (cookie) lines.push(`Cookie: ${cookie}`);
    if (offersDeflate) lines.push(`Sec-WebSocket-Extensions: ${DEFLATE}`);
    this.socket.on("connect", () => this.socket.write(`${lines.join("\r\n")}\r\n\r\n`));
  }

  say(text) {
    this.out.push(frameOf(text));
  }

  flush() {
    if (this.out.length === 0) return;
    this.socket.write(this.out.length === 1 ? this.out[0] : Buffer.concat(this.out));
    this.out = [];
  }

  end() {
    this.socket.destroy();
  }

  read(piece) {
    let data = this.rest ? Buffer.concat([this.rest, piece]) : piece;
    if (!this.open) {
      const end = data.indexOf(HEAD_END);
      if (end < 0) return void (this.rest = data);
      const head = data.toString("latin1", 0, end);
      if (!head.startsWith("HTTP/1.1 101")) throw new Error(head.split("\r\n")[0]);
      this.compressed = /^sec-websocket-extensions:/im.test(head);
      this.open = true;
      data = data.subarray(end + HEAD_END.length);
    }
    let at = 0;
    while (data.length - at >= 2) {
      let size = data[at + 1] & 127;
      let start = at + 2;
      if (size === MEDIUM) {
        if (data.length - at < 4) break;
        size = data.readUInt16BE(at + 2);
        start = at + 4;
      }
      if (data.length < start + size) break;
      const kind = data[at] & 15;
      if (kind === TEXT) this.heard(data.latin1Slice(start, start + size));
      else if (kind === PING) this.out.push(frameOf(data.latin1Slice(start, start + size), PONG));
      at = start + size;
    }
    this.rest = at < data.length ? data.subarray(at) : null;
    this.after();
    this.flush();
  }
}
