import dgram from 'node:dgram';
import net from 'node:net';
import { pathToFileURL } from 'node:url';

// Below the range the kernel takes for outgoing connections. Phones keep out of where boxes are: a box takes its media ports as it needs them.
const BOXES = [20_000, 25_000];
const PHONES = [25_000, 30_000];
const given = new Set();

/** The first, even, of `width` ports in a row that nothing on the loopback uses now, for TCP and UDP alike. */
export async function freePorts(width, [least, most] = PHONES) {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const first = (least + Math.floor(Math.random() * (most - least - width))) & ~1;
    const row = Array.from({ length: width }, (_, i) => first + i);
    if (row.some((port) => given.has(port)) || !(await Promise.all(row.map(isFree))).every(Boolean)) continue;
    row.forEach((port) => given.add(port));
    return first;
  }
  throw new Error(`No ${width} free ports in a row between ${least} and ${most}`);
}

async function isFree(port) {
  return (await binds(net.createServer(), (server) => server.listen(port, '127.0.0.1')))
    && (await binds(dgram.createSocket('udp4'), (socket) => socket.bind(port, '127.0.0.1')));
}

function binds(socket, bind) {
  return new Promise((tell) => {
    socket.once('error', () => tell(false));
    socket.once('listening', () => socket.close(() => tell(true)));
    bind(socket);
  });
}

// For a shell that starts a box: node ports.mjs 1 1 2 prints the first of each.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const firsts = [];
  for (const width of process.argv.slice(2)) firsts.push(await freePorts(Number(width), BOXES));
  console.log(firsts.join(' '));
}
