import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from './ports.mjs';

const BOUND_MS = 20_000;
const RATE = 8000;

/** A real phone: Debian's baresip, with a tone for a microphone and nothing for a speaker. Driven over its control port. */
export class Softphone {
  events = [];
  waiting = new Set();

  /** @param account a line of baresip's accounts file */
  static async start(account) {
    const phone = new Softphone();
    phone.folder = await fs.mkdtemp(path.join(os.tmpdir(), 'gatehouse-baresip-'));
    const [sip, rtp] = [await freePorts(4), await freePorts(8)]; // SIP, SIPS above it, control
    await fs.writeFile(path.join(phone.folder, 'tone.wav'), tone(440, 60));
    await fs.writeFile(path.join(phone.folder, 'config'), config(phone.folder, sip, rtp));
    await fs.writeFile(path.join(phone.folder, 'accounts'), `${account}\n`);
    await fs.writeFile(path.join(phone.folder, 'contacts'), '');
    const log = await fs.open(path.join(phone.folder, 'log'), 'w');
    phone.process = spawn('baresip', ['-4', '-f', phone.folder], { stdio: ['ignore', log.fd, log.fd] });
    phone.ended = once(phone.process, 'exit');
    await once(phone.process, 'spawn');
    await log.close();
    process.once('exit', phone.kill);
    try {
      await phone.connect(sip + 3);
      return phone;
    } catch (error) {
      await phone.close();
      throw error;
    }
  }

  kill = () => this.process.kill();

  async connect(port) {
    await this.wait('started', async () => {
      this.control = net.connect(port, '127.0.0.1');
      return once(this.control, 'connect').then(() => true, () => false);
    });
    let rest = Buffer.alloc(0);
    this.control.on('error', () => {}); // it is going
    this.control.on('data', (piece) => (rest = this.read(Buffer.concat([rest, piece]))));
  }

  /** Netstrings: length:bytes, @returns what is not whole yet */
  read(bytes) {
    for (;;) {
      const colon = bytes.indexOf(':');
      const end = colon + 1 + Number(bytes.subarray(0, Math.max(colon, 0)));
      if (colon < 0 || bytes.length <= end) return bytes;
      this.events.push(JSON.parse(bytes.subarray(colon + 1, end)));
      this.waiting.forEach((look) => look());
      bytes = bytes.subarray(end + 1);
    }
  }

  /** Waits for the next event of `type`, such as CALL_ESTABLISHED; those before it are passed over. */
  until(type) {
    return new Promise((found, fail) => {
      const late = setTimeout(() => void this.log().then((log) => fail(new Error(`baresip: no ${type} in time: ${log}`))), BOUND_MS);
      const look = () => {
        const at = this.events.findIndex((event) => event.type === type);
        if (at < 0) return;
        clearTimeout(late);
        this.waiting.delete(look);
        found(this.events.splice(0, at + 1).at(-1));
      };
      this.waiting.add(look);
      look();
    });
  }

  /** Until it says that the box took its registration; it may say so before the control port listens. */
  registered() {
    return this.wait('registered', async () => (await this.log()).includes('200 OK'));
  }

  async wait(what, holds) {
    for (const end = Date.now() + BOUND_MS; !(await holds()); await pause(50)) {
      if (Date.now() > end || this.process.exitCode !== null) throw new Error(`baresip has not ${what}: ${await this.log()}`);
    }
  }

  dial(number) { this.command({ command: 'dial', params: number }); }
  answer() { this.command({ command: 'accept' }); }
  hangUp() { this.command({ command: 'hangup' }); }

  command(command) {
    const text = JSON.stringify(command);
    this.control.write(`${Buffer.byteLength(text)}:${text},`);
  }

  log() {
    return fs.readFile(path.join(this.folder, 'log'), 'utf8');
  }

  /** Says goodbye to the box, as a phone does that is switched off. */
  async close() {
    this.kill();
    await this.ended;
    process.removeListener('exit', this.kill);
    this.control.destroy();
    await fs.rm(this.folder, { recursive: true });
  }
}

// No sound card and no video: a file is heard, a bridge swallows. Media stays on the loopback, where the box listens.
const config = (folder, sip, rtp) => `\
poll_method epoll
sip_listen 127.0.0.1:${sip}
call_local_timeout 120
call_max_calls 4
audio_player aubridge,player
audio_source aufile,${folder}/tone.wav
audio_alert aubridge,alert
ausrc_srate ${RATE}
auplay_srate ${RATE}
ausrc_channels 1
auplay_channels 1
audio_txmode thread
rtp_ports ${rtp}-${rtp + 7}
net_interface 127.0.0.1
module_path /usr/lib/baresip/modules
module g711.so
module aufile.so
module aubridge.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:${sip + 3}
`;

/** A WAV file of a sine: 16 bit, mono. */
function tone(hertz, seconds) {
  const length = 2 * RATE * seconds;
  const wav = Buffer.alloc(44 + length);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + length, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20); // PCM
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(2 * RATE, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(length, 40);
  for (let i = 0; i < length / 2; i++) wav.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * hertz * i) / RATE)), 44 + 2 * i);
  return wav;
}
