import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { installPeers, programOf } from './install.ts';
import { readCall, USAGE, WrongCall } from './options.ts';
import { peers } from './peers.ts';
import { report } from './report.ts';
import { growthOf } from './results.ts';
import { measure } from './run.ts';
import { targetsOf } from './targets.ts';

process.exitCode = main(process.argv.slice(2));

/** @returns the exit code: 0 all was measured, 1 something could not be, 2 wrong call */
function main(args: readonly string[]): number {
  try {
    const call = readCall(args);
    if (call.command === 'help') process.stdout.write(USAGE);
    else if (call.command === 'list') list();
    else if (call.command === 'install') return installPeers(call.names) ? 0 : 1;
    else {
      const say = (line: string) => process.stderr.write(`${line}\n`);
      const results = measure(call.options, say);
      const { json } = call.options;
      mkdirSync(dirname(json), { recursive: true });
      const all = { ...results, growth: growthOf(results), targets: targetsOf(results) };
      writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);
      process.stdout.write(`\n${report(results)}`);
      say(`\nnumbers: ${json}`);
      return results.failures.length === 0 ? 0 : 1;
    }
    return 0;
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
    return error instanceof WrongCall ? 2 : 1;
  }
}

function list(): void {
  for (const peer of peers)
    process.stdout.write(`${peer.name} ${peer.version}\t${programOf(peer) ?? 'not installed'}\t${peer.checks}\n`);
}
