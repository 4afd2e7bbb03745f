/** How many letters have to be added, dropped, changed or swapped with their neighbour to turn one text into the other. */
export function editDistance(left: string, right: string): number {
  let before: number[] = [];
  let last: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let i = 1; i <= left.length; i++) {
    [before, last, row] = [last, row, [i]];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      const [above = 0, beside = 0, diagonal = 0] = [last[j], row[j - 1], last[j - 1]];
      let least = Math.min(above + 1, beside + 1, diagonal + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
  }
  return row[right.length] ?? 0;
}

/** The candidates nearest to a text, all of them where several are as near. */
export function nearest<Candidate extends { readonly shape: string }>(
  shape: string,
  candidates: readonly Candidate[],
): Candidate[] {
  const exact = candidates.filter((candidate) => candidate.shape === shape);
  if (exact.length > 0) return exact;
  const distances = candidates.map((candidate) => editDistance(shape, candidate.shape));
  const least = Math.min(...distances);
  return candidates.filter((_, index) => distances[index] === least);
}
