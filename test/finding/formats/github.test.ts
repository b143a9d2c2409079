import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { github } from '../../../lib/finding/formats/github.ts';
import { readGithub } from './readers.ts';
import { decoded, example, findings, held, reportOf } from './reports.ts';

test('a report as workflow commands', () => {
  const text = github(example);
  readGithub(text);
  assert.equal(text, held('example.github.txt', text));
});

test('nothing found is no line', () => {
  assert.equal(github(reportOf([])), '');
});

test('whatever a finding says, it is one command, and read back whole', () => {
  fc.assert(
    fc.property(findings, (all) => {
      const said = readGithub(github(reportOf(all))).map(({ name, properties, data }) => {
        assert.doesNotMatch(data, /[^\P{Cc}\n]|[\p{Cf}\p{Cs}]/u);
        const { file = '', line, endLine, col, title } = properties;
        return JSON.stringify([name, title, decoded(file), line, endLine, col, decoded(data.split('\n')[0] ?? '')]);
      });
      const meant = all.map(({ severity, waived, code, message, place, document }) => {
        const where = place ?? { file: document?.file ?? 'platform.config.ts', line: document?.line ?? 1 };
        const column = place && place.line === place.endLine ? String(place.column) : undefined;
        const endLine = place && String(place.endLine);
        return JSON.stringify([
          waived ? 'notice' : severity,
          code,
          where.file,
          String(where.line),
          endLine,
          column,
          message,
        ]);
      });
      assert.deepEqual(said.toSorted(), meant.toSorted());
    }),
  );
});
