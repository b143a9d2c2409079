/**
 * Finds the names that a person may have meant.
 *
 * A candidate counts when a third of the longer name or less is mistyped (a swap of two neighbours is one mistake, case is none),
 * or when one name begins with the other, as `replica` does `replicaCount`. A beginning that most candidates share, as `shop-` of
 * `shop-api`, makes none of them near.
 *
 * @returns nearest first; equally near ones in the order of `candidates`
 */
export function nearest(name: string, candidates: readonly string[], max = 4): string[] {
  const wanted = name.toLowerCase();
  const others = [...new Set(candidates)].filter((candidate) => candidate !== name);
  const shared = sharedBeginning(
    wanted,
    others.map((candidate) => candidate.toLowerCase()),
  );
  return others
    .map((candidate) => ({ candidate, distance: distanceWithout(shared, wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, max)
    .map(({ candidate }) => candidate);
}

/** Beyond this, names are texts: comparing them costs time and helps nobody. */
const LONGEST = 100;

/** The longest beginning of a name, up to a `-`, `_`, `.` or `/`, that most of the candidates have, and more than one. */
function sharedBeginning(wanted: string, candidates: readonly string[]): string {
  const beginnings = [...wanted.slice(0, LONGEST).matchAll(/[-_./]/g)].map(({ index }) => wanted.slice(0, index + 1));
  const isShared = (beginning: string) => {
    const having = candidates.filter((candidate) => candidate.startsWith(beginning)).length;
    return having > 1 && having > candidates.length / 2;
  };
  return beginnings.findLast(isShared) ?? '';
}

function distanceWithout(shared: string, wanted: string, candidate: string): number {
  if (shared === '' || !candidate.startsWith(shared)) return distanceTo(wanted, candidate);
  const [a, b] = [wanted.slice(shared.length), candidate.slice(shared.length)];
  // `api` and `app`: of so little, another character makes another name, and not a mistyped one.
  const isOther = a.length === b.length && a.length < 4 && [...a].sort().join('') !== [...b].sort().join('');
  return isOther ? Number.POSITIVE_INFINITY : distanceTo(a, b);
}

/** Mistakes between two names, infinite when they are too many for one to be meant by the other. */
function distanceTo(wanted: string, candidate: string): number {
  if (wanted.length > LONGEST || candidate.length > LONGEST) return Number.POSITIVE_INFINITY;
  const longer = Math.max(wanted.length, candidate.length);
  const tolerated = Math.max(1, Math.floor(longer / 3));
  if (Math.abs(wanted.length - candidate.length) <= tolerated) {
    const mistakes = mistakesBetween(wanted, candidate);
    // One mistake in a name of one character is another name.
    if (mistakes <= tolerated && mistakes < longer) return mistakes;
  }
  const shorter = Math.min(wanted.length, candidate.length);
  if (shorter < 3) return Number.POSITIVE_INFINITY;
  if (candidate.startsWith(wanted) || wanted.startsWith(candidate)) return tolerated + 1;
  // `replicas` and `replicaCount`: nearly all of the shorter name is common to both.
  return shorter >= 6 && commonBeginning(wanted, candidate) >= shorter - 1 ? tolerated + 2 : Number.POSITIVE_INFINITY;
}

function commonBeginning(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Damerau-Levenshtein distance, optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. */
function mistakesBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
