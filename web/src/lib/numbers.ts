/** 99, 101, 1000; who has no number first. */
export const byNumber = (one: string | null, other: string | null) => (one ?? '').localeCompare(other ?? '', undefined, { numeric: true });
