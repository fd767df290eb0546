import type { Api } from '../lib/api';
import type { BoxEvent } from '../lib/events';

export interface Door {
  id: string;
  name: string;
  energised: boolean;
  opened_at: string | null;
  opened_by: string | null;
}

/** The doors and whether each is open. */
export class Doors {
  items = $state<Door[]>([]);
  loaded = $state(false);

  constructor(private readonly api: Api) {}

  async load(): Promise<void> {
    this.items = (await this.api.get<{ items: Door[] }>('/doors')).items;
    this.loaded = true;
  }

  async on(event: BoxEvent): Promise<void> {
    if (event.type !== 'door') return;
    const door = this.items.find((one) => one.id === event.id);
    if (!door) return this.load();
    door.energised = event.energised;
    if (event.energised) {
      door.opened_at = new Date().toISOString();
      door.opened_by = event.by ?? null;
    }
  }

  async open(id: string): Promise<void> {
    await this.api.post(`/doors/${encodeURIComponent(id)}/open`);
    await this.load();
  }
}
