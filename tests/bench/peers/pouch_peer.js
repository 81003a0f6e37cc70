// Two PouchDB databases (LevelDB) and express-pouchdb between them, driven by lines of JSON.
// The server is a process of its own, as it would be: node pouch_peer.js FOLDER, which starts itself with --serve.
"use strict";
const fs = require("fs");
const path = require("path");
const readline = require("readline");
const { spawn } = require("child_process");
const from = path.join(process.env.ASBDESK_POUCH, "node_modules");
const need = (name) => require(path.join(from, name));
const PouchDB = need("pouchdb");
const folder = process.argv[2];
const say = (what) => process.stdout.write(JSON.stringify(what) + "\n");

function serve() {
  const app = need("express")();
  const here = path.join(folder, "server") + path.sep;
  fs.mkdirSync(here, { recursive: true });
  const Server = PouchDB.defaults({ prefix: here });
  app.use("/", need("express-pouchdb")(Server, { configPath: here + "config.json", logPath: here + "log.txt", mode: "minimumForPouchDB" }));
  const listening = app.listen(0, "127.0.0.1", () => say({ port: listening.address().port }));
}

const lines = (stream) => readline.createInterface({ input: stream })[Symbol.asyncIterator]();
const seconds = async (work) => {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e9;
};

// seconds of processor that the desks and the server have used so far; null where the system does not say
const used = (server) => {
  try {
    const [user, system] = fs.readFileSync(`/proc/${server}/stat`, "utf8").replace(/.*\) /s, "").split(" ").slice(11, 13);
    const { user: u, system: s } = process.cpuUsage();
    return (u + s) / 1e6 + (Number(user) + Number(system)) / 100;
  } catch { return null; }
};

async function main() {
  const server = spawn(process.execPath, [__filename, folder, "--serve"], { stdio: ["ignore", "pipe", "inherit"] });
  process.on("exit", () => server.kill());
  const { port } = JSON.parse((await lines(server.stdout).next()).value);
  const remote = `http://127.0.0.1:${port}/desk`;
  const a = new PouchDB(path.join(folder, "a")), b = new PouchDB(path.join(folder, "b"));
  await fetch(remote, { method: "PUT" });
  // larger than its default of 100: the faster setting, found by trying
  const how = { batch_size: Number(process.env.BATCH || 1000), batches_limit: 4 };
  const revisions = new Map();
  const bulk = async (docs) => {
    for (let i = 0; i < docs.length; i += 5000) {
      const part = docs.slice(i, i + 5000);
      const said = await a.bulkDocs(part.map((d) => ({ _id: d.id, _rev: revisions.get(d.id), fields: d.fields })));
      said.forEach((s) => revisions.set(s.id, s.rev));
    }
  };
  say({ ready: true, version: need("pouchdb/package.json").version });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const told = JSON.parse(line);
    await bulk(fs.readFileSync(told.docs, "utf8").trim().split("\n").map((text) => JSON.parse(text)));
    const before = used(server.pid);
    const push = await seconds(() => a.replicate.to(remote, how));
    const pull = await seconds(() => b.replicate.from(remote, how));
    const processor = before === null ? undefined : used(server.pid) - before;
    const nothing = await seconds(() => a.replicate.to(remote, how));
    say({ push, pull, processor, nothing, arrived: (await b.info()).doc_count });
  }
  server.kill();
  process.exit(0);
}

if (process.argv[3] === "--serve") serve();
else main().catch((error) => { console.error(error); process.exit(1); });
