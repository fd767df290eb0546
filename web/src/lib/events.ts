/** Reads server-sent events (WHATWG HTML, 9.2.6) from pieces of text that may break anywhere. Only `data` matters here. */
export class EventReader {
  private rest = '';
  private data: string[] = [];
  private afterReturn = false;

  constructor(private readonly onData: (data: string) => void) {}

  push(piece: string): void {
    if (this.afterReturn && piece.startsWith('\n')) piece = piece.slice(1); // CR LF is one line end, even when split
    if (piece) this.afterReturn = piece.endsWith('\r');
    const lines = (this.rest + piece).split(/\r\n|\r|\n/);
    this.rest = lines.pop() ?? '';
    lines.forEach((line) => this.line(line));
  }

  private line(line: string): void {
    if (line === '') return this.dispatch();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    if (field === 'data') this.data.push(colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, ''));
  }

  private dispatch(): void {
    if (this.data.length) this.onData(this.data.join('\n'));
    this.data = [];
  }
}

/** What the box says as it happens (GET /events). */
export type BoxEvent =
  | { type: 'registration'; extension_number: string; online: boolean }
  | { type: 'presence'; extension_number: string; presence: string; presence_note: string | null }
  | { type: 'call'; state: 'started' | 'ringing' | 'answered' | 'ended'; id: string; caller: string; callee: string }
  | { type: 'door'; id: string; energised: boolean; by?: string }
  | { type: 'user'; id: string };

export type Liveness = 'connecting' | 'live' | 'polling';

interface Listener {
  event(event: BoxEvent): void;
  /** Everything may have changed: ask again. */
  refresh(): Promise<void>;
  liveness(now: Liveness): void;
}

const POLL_MS = 5_000;
const SILENCE_MS = 40_000; // the box beats every 15 s; two missed beats and the stream is dead

/** Keeps listening: a stream while it lasts, asking every few seconds while it does not. */
export class LiveFeed {
  private readonly over = new AbortController();

  constructor(private readonly open: (signal: AbortSignal) => Promise<Response>, private readonly listener: Listener) {}

  async run(): Promise<void> {
    while (!this.over.signal.aborted) {
      await this.listen().catch(() => {});
      if (this.over.signal.aborted) return;
      this.listener.liveness('polling');
      await this.pause(POLL_MS);
      if (!this.over.signal.aborted) await this.listener.refresh().catch(() => {});
    }
  }

  stop(): void {
    this.over.abort();
  }

  private async listen(): Promise<void> {
    const attempt = new AbortController();
    const abort = () => attempt.abort();
    this.over.signal.addEventListener('abort', abort);
    let silence = setTimeout(abort, SILENCE_MS);
    try {
      const response = await this.open(attempt.signal);
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      const events = new EventReader((data) => this.listener.event(JSON.parse(data)));
      await this.listener.refresh(); // what happened before the stream began
      this.listener.liveness('live');
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        clearTimeout(silence);
        silence = setTimeout(abort, SILENCE_MS);
        events.push(next.value);
      }
    } finally {
      clearTimeout(silence);
      attempt.abort();
      this.over.signal.removeEventListener('abort', abort);
    }
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resume) => {
      const timer = setTimeout(resume, milliseconds);
      this.over.signal.addEventListener('abort', () => (clearTimeout(timer), resume()), { once: true });
    });
  }
}
