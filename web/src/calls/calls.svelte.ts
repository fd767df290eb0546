import type { Api, Page } from '../lib/api';
import type { BoxEvent } from '../lib/events';

export interface LiveCall {
  id: string;
  caller: string;
  caller_display_name: string | null;
  callee: string;
  /** Milliseconds since 1970, by this browser's clock; absent while it rings. */
  answered: number | undefined;
}

export interface Cdr {
  id: string;
  caller: string;
  caller_display_name: string | null;
  callee: string;
  callee_display_name: string | null;
  started_at: string;
  answered_at: string | null;
  end_reason: string | null;
  status_code: number;
  duration: number;
}

interface Session {
  id: string;
  calls: { caller: string; caller_display_name: string | null; callee: string; talking_time: number }[];
}

const SHOWN = 50;

/** Calls that are up, and the last ones. */
export class Calls {
  live = $state<LiveCall[]>([]);
  last = $state<Cdr[]>([]);
  count = $state(0);
  loaded = $state(false);
  /** By id, in milliseconds since 1970: the box tells whole seconds of talk, so that 0 may be ringing or just answered. */
  private readonly answered = new Map<string, number>();

  /** @param company whether all calls may be seen, or only one's own */
  constructor(private readonly api: Api, private readonly company: () => boolean) {}

  async load(): Promise<void> {
    await Promise.all([this.loadLive(), this.loadLast()]);
    this.loaded = true;
  }

  async on(event: BoxEvent): Promise<void> {
    if (event.type !== 'call') return;
    if (event.state === 'answered') this.answered.set(event.id, Date.now());
    await (event.state === 'ended' ? this.load() : this.loadLive());
  }

  /** Also from time to time: who looked in the second after an answer was told that it rings. */
  async loadLive(): Promise<void> {
    if (!this.company()) return;
    const sessions = await this.api.all<Session>('/sessions');
    for (const id of this.answered.keys()) if (!sessions.some((session) => session.id === id)) this.answered.delete(id);
    this.live = sessions.flatMap(({ id, calls }) => calls.map(({ caller, caller_display_name, callee, talking_time }) => {
      if (talking_time > 0 && !this.answered.has(id)) this.answered.set(id, Date.now() - 1000 * talking_time);
      return { id, caller, caller_display_name, callee, answered: this.answered.get(id) };
    }));
  }

  private async loadLast(): Promise<void> {
    const page = await this.api.get<Page<Cdr>>(`${this.company() ? '/cdrs' : '/user/cdrs'}?top=${SHOWN}`);
    this.last = page.items;
    this.count = page.count;
  }
}

/** How a call ended, in words. */
export function ending(cdr: Cdr): { answered: boolean; words: string } {
  if (cdr.answered_at) return { answered: true, words: 'Answered' };
  if (cdr.end_reason === 'CANCELLED' || cdr.status_code === 487) return { answered: false, words: 'Caller gave up' };
  if (cdr.status_code === 486 || cdr.status_code === 600) return { answered: false, words: 'Busy' };
  if (cdr.status_code === 404 || cdr.status_code === 484) return { answered: false, words: 'No such number' };
  if (cdr.status_code === 603) return { answered: false, words: 'Declined' };
  return { answered: false, words: 'Not answered' };
}
