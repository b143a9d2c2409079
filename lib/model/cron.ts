/** Robfig's cron, which Kubernetes reads schedules with, has these words for schedules of five fields. */
const WORDS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const MINUTES_OF_A_DAY = 24 * 60;
/** After so many years weekdays and leap years come again in the same order. */
const YEARS = { from: 2001, to: 2029 };
const MILLISECONDS_OF_A_DAY = MINUTES_OF_A_DAY * 60_000;

/**
 * The shortest time between two starts of a schedule, by a clock that is never put forward or back.
 *
 * @param schedule five fields or a word such as `@daily`, as the vocabulary allows it
 * @returns seconds: `"0,10 3 * * *"` → 600; `null` for one that never starts, such as the 30th of February
 */
export function secondsBetweenStarts(schedule: string): number | null {
  const [minute = '', hour = '', ...ofDays] = (WORDS[schedule] ?? schedule).split(' ');
  const daysApart = shortestDaysApart(ofDays.join(' '));
  if (daysApart === null) return null;
  const minutes = numbers(minute, 0, 59);
  const times = numbers(hour, 0, 23).flatMap((hours) => minutes.map((minutes) => hours * 60 + minutes));
  // Of the times of one day the last gap reaches into the next day.
  const [last = 0, ...others] = gaps(times, MINUTES_OF_A_DAY).reverse();
  return others.reduce(lesser, last + (daysApart - 1) * MINUTES_OF_A_DAY) * 60;
}

/** By the fields of days: many schedules have the same, and trying all days takes milliseconds. */
const known = new Map<string, number | null>([['* * *', 1]]);

function shortestDaysApart(fields: string): number | null {
  let apart = known.get(fields);
  if (apart === undefined) {
    const chosen = daysOf(fields.split(' '));
    apart = chosen.length === 0 ? null : gaps(chosen, days().length).reduce(lesser);
    known.set(fields, apart);
  }
  return apart;
}

/** The days that a schedule starts on, counted. */
function daysOf([dayOfMonth = '', month = '', dayOfWeek = '']: readonly string[]): number[] {
  const monthDays = numbers(dayOfMonth, 1, 31);
  const months = numbers(month, 1, 12, MONTHS);
  const weekDays = numbers(dayOfWeek, 0, 6, DAYS);
  // Where both are said, one of them is enough.
  const both = isAny(dayOfMonth) || isAny(dayOfWeek);
  return days().flatMap((day, index) => {
    const isMonthDay = monthDays.includes(day.getUTCDate());
    const isWeekDay = weekDays.includes(day.getUTCDay());
    const isDay = both ? isMonthDay && isWeekDay : isMonthDay || isWeekDay;
    return isDay && months.includes(day.getUTCMonth() + 1) ? [index] : [];
  });
}

function days(): Date[] {
  const first = Date.UTC(YEARS.from, 0);
  const count = (Date.UTC(YEARS.to, 0) - first) / MILLISECONDS_OF_A_DAY;
  return Array.from({ length: count }, (_, index) => new Date(first + index * MILLISECONDS_OF_A_DAY));
}

/** How far each is from the next, and the last from the first of the next turn. */
function gaps(sorted: readonly number[], turn: number): number[] {
  const [first = 0] = sorted;
  return sorted.map((number, index) => (sorted[index + 1] ?? first + turn) - number);
}

function lesser(a: number, b: number): number {
  return Math.min(a, b);
}

/** The numbers that a field means, sorted. */
function numbers(field: string, min: number, max: number, names: readonly string[] = []): number[] {
  const read = (word: string) => {
    const named = names.indexOf(word.toLowerCase());
    return named < 0 ? Number(word) : named + min;
  };
  const chosen = new Set(
    field.split(',').flatMap((part) => {
      const [range = '', step] = part.split('/');
      const [from = min, to = step === undefined ? from : max] = /^[*?]$/.test(range)
        ? [min, max]
        : range.split('-').map(read);
      return Array.from({ length: to - from + 1 }, (_, index) => from + index).filter(
        (number) => (number - from) % Number(step ?? 1) === 0,
      );
    }),
  );
  return [...chosen].sort((a, b) => a - b);
}

/** A star, as long as no step leaves days out. */
function isAny(field: string): boolean {
  return field.split(',').some((part) => /^[*?](\/0*1)?$/.test(part));
}
