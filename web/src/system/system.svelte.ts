import type { Api } from '../lib/api';

interface Report {
  version: string;
  board: string;
  uptime: number;
  registered: number;
  calls: number;
  led: { pattern: string; lit: boolean };
  faults: string[];
}

/** How the box is. */
export class System {
  report = $state<Report | undefined>();

  constructor(private readonly api: Api) {}

  async load(): Promise<void> {
    this.report = await this.api.get<Report>('/system/status');
  }
}

/** What the lamp on the box shows, in words. */
export const LAMP: Record<string, string> = {
  OFF: 'Off', BOOTING: 'Starting', READY: 'Ready', IN_CALL: 'In a call', FAULT: 'Needs attention',
};
