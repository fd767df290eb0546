import { createServer } from 'node:net';

/** A mail server on loopback that takes whatever it is given (RFC 5321), for a test to read. */
export class Mailbox {
  static async start() {
    const mailbox = new Mailbox();
    await new Promise((listening) => mailbox.server.listen(0, '127.0.0.1', listening));
    return mailbox;
  }

  taken = [];
  server = createServer((socket) => this.serve(socket));

  get port() {
    return this.server.address().port;
  }

  serve(socket) {
    let text = '';
    let data = false;
    let to = '';
    const say = (line) => socket.write(`${line}\r\n`);
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      text += chunk;
      for (let end = text.indexOf(data ? '\r\n.\r\n' : '\r\n'); end >= 0; end = text.indexOf(data ? '\r\n.\r\n' : '\r\n')) {
        const piece = text.slice(0, end);
        text = text.slice(end + (data ? 5 : 2));
        if (data) {
          this.taken.push({ to, text: Mailbox.words(piece) });
          data = false;
          say('250 taken');
        } else if (piece.startsWith('DATA')) {
          data = true;
          say('354 go on');
        } else {
          to = /^RCPT TO:<(.*)>/.exec(piece)?.[1] ?? to;
          say(piece.startsWith('QUIT') ? '221 bye' : '250 ok');
        }
      }
    });
    say('220 loopback');
  }

  /** The plain text of a message of the box: its bodies are base64; the headers of a part come in any order (RFC 2045). */
  static words(message) {
    const parts = message.split(/\r\n--\S+/).map((part) => part.split(/\r\n\r\n/));
    const text = parts.find(([headers]) => /^content-type: text\/plain/im.test(headers) && /^content-transfer-encoding: base64/im.test(headers));
    return Buffer.from(text?.[1] ?? '', 'base64').toString('utf8');
  }

  /** What a pattern finds in the newest message to an address that has it, once there is one. */
  async find(to, pattern) {
    for (let tries = 0; tries < 200; tries++) {
      const found = this.taken.filter((mail) => mail.to === to).map((mail) => pattern.exec(mail.text)).filter(Boolean).at(-1);
      if (found) return found;
      await new Promise((later) => setTimeout(later, 100));
    }
    throw new Error(`Nothing like ${pattern} came for ${to}: ${JSON.stringify(this.taken)}`);
  }

  close() {
    this.server.close();
  }
}
