// Node's socket.io, as its documentation begins: rooms, and an answer to whoever sent.
import { createServer } from "node:http";
import { Server } from "socket.io";

const listener = createServer();
const server = new Server(listener, { transports: ["websocket"], serveClient: false, cors: { origin: true } });
server.on("connection", (socket) => {
  socket.on("join", (room, answer) => {
    socket.join(room);
    socket.data.room = room;
    answer();
  });
  socket.on("msg", (said, answer) => {
    socket.to(socket.data.room).emit("msg", said);
    answer();
  });
});
listener.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 4096 }, () => console.log("ready"));
