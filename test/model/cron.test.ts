import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isCron } from '../../lib/config/vocabulary.ts';
import { secondsBetweenStarts } from '../../lib/model/cron.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

const known: Readonly<Record<string, number | null>> = {
  '* * * * *': 60,
  '*/5 * * * *': 300,
  // from the fiftieth minute to the next hour
  '*/25 * * * *': 600,
  '0 * * * *': HOUR,
  '@hourly': HOUR,
  '30 2 * * *': DAY,
  '@daily': DAY,
  '@midnight': DAY,
  '0,10 3 * * *': 600,
  // from the evening to the next morning
  '0 1,22 * * *': 3 * HOUR,
  // never on two days after each other
  '0 1,22 * * 1': 21 * HOUR,
  '5/20 3 * * *': 20 * 60,
  '0 8-18/5 * * *': 5 * HOUR,
  '0 3 * * 1': 7 * DAY,
  '0 3 * * MON,wed': 2 * DAY,
  '0 3 * * sat,sun': DAY,
  '@weekly': 7 * DAY,
  // from the 28th of February, and over New Year
  '@monthly': 28 * DAY,
  '0 0 31 * *': 31 * DAY,
  '0 0 30 * *': 30 * DAY,
  '@yearly': 365 * DAY,
  '@annually': 365 * DAY,
  '0 0 29 2 *': 1461 * DAY,
  '0 0 1 jan-mar ?': 28 * DAY,
  // both are said, and one is enough: a first after or before a Monday
  '0 0 1 * 1': DAY,
  '0 0 */2 * 1': DAY,
  // one of them is any day: the Mondays
  '0 0 */1 * 1': 7 * DAY,
  '0 0 1,* * 1': 7 * DAY,
  '0 0 30 2 *': null,
  '0 0 31 4,6,9,11 *': null,
};

for (const [schedule, seconds] of Object.entries(known))
  test(`the shortest time between two starts of ${schedule} is ${seconds} s`, () => {
    assert.ok(isCron(schedule));
    assert.equal(secondsBetweenStarts(schedule), seconds);
  });

test('a schedule that starts more often has no longer time between starts', () => {
  const minutes = fc.uniqueArray(fc.nat(59), { minLength: 1, maxLength: 5 });
  const hours = fc.uniqueArray(fc.nat(23), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(minutes, hours, fc.nat(59), (some, at, more) => {
      const few = secondsBetweenStarts(`${some} ${at} * * *`) ?? 0;
      const many = secondsBetweenStarts(`${[...some, more]} ${at} * * *`) ?? 0;
      assert.ok(many <= few && many >= 60);
      assert.ok((secondsBetweenStarts(`${some} ${at} * * 1`) ?? 0) >= few);
    }),
  );
});
