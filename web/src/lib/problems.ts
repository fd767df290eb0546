/** One broken rule, as the box tells it; `field` where it belongs to one. */
export interface Problem {
  code: string;
  message: string;
  field?: string;
}

/** What the box refused, and why. Status 0: it could not be reached. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly problems: Problem[]) {
    super(problems.map((problem) => problem.message).join(' '));
  }

  /** What is wrong with one field, or nothing. */
  about(field: string): string {
    return this.problems.filter((problem) => problem.field === field).map((problem) => problem.message).join(' ');
  }

  /** What belongs to none of the fields that a form shows. */
  beside(fields: string[]): string {
    return this.problems.filter((problem) => !problem.field || !fields.includes(problem.field)).map((problem) => problem.message).join(' ');
  }
}

export const unreachable = () =>
  new Refusal(0, [{ code: 'UNREACHABLE', message: 'The box does not answer. Check that it is on and that you are on its network.' }]);

export function refusalOf(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal(0, [{ code: 'UNKNOWN', message: String(error) }]);
}
